package io.mnist4j.cli.options;

import io.mnist4j.cluster.Cluster;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which other machines do the work. */
public final class ClusterOptions extends OptionGroup {
  /** spark-submit says by it which master it was given. */
  private static final String SUBMITTED_TO = "spark.master";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Trains on a Spark cluster, such as spark://host:7077; local[2] tries it out without one.")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.executor.memory=2g; may be repeated.")
  private Map<String, String> settings = Map.of();

  /** Empty where it is done in this process. */
  public Optional<Cluster> cluster() {
    if (master == null && System.getProperty(SUBMITTED_TO) == null) {
      if (settings.isEmpty()) {
        return Optional.empty();
      }
      throw wrong("--conf is for Spark, and needs a --master");
    }
    try {
      return Optional.of(new Cluster(master == null ? "" : master, settings));
    } catch (IllegalArgumentException e) {
      throw wrong("--conf: " + e.getMessage());
    }
  }
}
