package io.mnist4j.cluster;

import io.mnist4j.errors.WorkersException;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Other machines that do a part of the work.
 *
 * @param master its address, such as {@code spark://host:7077}; empty where spark-submit has set it
 * @param settings of the cluster's own, such as {@code spark.executor.memory}
 */
public record Cluster(String master, Map<String, String> settings) {

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
   * What gives a kind of work to a cluster: an optional part of the program.
   *
   * @throws WorkersException if this build of the program does not have it
   */
  public static <T> T connector(Class<T> ofWork) throws WorkersException {
    return ServiceLoader.load(ofWork)
        .findFirst()
        .orElseThrow(
            () ->
                new WorkersException(
                    "this build of mnist4j has no Spark: start it with scripts/mnist4j, which makes"
                        + " one that has, or build it with `mvn -Dquick -Pspark package`"));
  }
}
