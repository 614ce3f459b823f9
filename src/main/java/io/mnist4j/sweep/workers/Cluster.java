package io.mnist4j.sweep.workers;

import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.search.SweepSettings;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Other machines that carry out trials.
 *
 * @param master its address, such as {@code spark://host:7077}; empty where spark-submit has set it
 * @param settings of the cluster's own, such as {@code spark.executor.memory}
 */
public record Cluster(String master, Map<String, String> settings) {

  /** Connects to a kind of cluster: an optional part of the program. */
  public interface Connector {
    /**
     * Waits until the cluster has given at least one worker.
     *
     * @param name of the sweep, as the cluster's own pages are to show it
     * @param images which all trials use
     * @throws WorkersException if the cluster cannot be reached or gives no worker
     */
    TrialWorkers connect(Cluster cluster, String name, SweepSettings settings, TrialImages images)
        throws WorkersException;
  }

  /**
   * @throws IllegalArgumentException if a setting is not one of Spark's
   */
  public Cluster {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    for (String key : settings.keySet()) {
      if (!key.startsWith("spark.")) {
        throw new IllegalArgumentException(
            "'%s' is no setting of Spark's: they all begin with spark.".formatted(key));
      }
    }
  }

  /**
   * Takes workers from the cluster.
   *
   * @throws WorkersException if this build of the program has no part for it, the cluster cannot be
   *     reached, or gives no worker
   */
  public TrialWorkers connect(String name, SweepSettings settings, TrialImages images)
      throws WorkersException {
    return ServiceLoader.load(Connector.class)
        .findFirst()
        .orElseThrow(
            () ->
                new WorkersException(
                    "this build of mnist4j has no Spark: start it with scripts/mnist4j, which makes"
                        + " one that has, or build it with `mvn -Dquick -Pspark package`"))
        .connect(this, name, settings, images);
  }
}
