package io.mnist4j.sweep.spark;

import io.mnist4j.cluster.Cluster;
import io.mnist4j.cluster.spark.SparkApplication;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.search.SweepSettings;
import io.mnist4j.sweep.workers.TrialConnector;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.sweep.workers.TrialWorkers;

/** Has the executors of a Spark cluster carry out trials. */
public final class SparkTrialConnector implements TrialConnector {
  @Override
  public TrialWorkers connect(
      Cluster cluster, String name, SweepSettings settings, TrialImages images)
      throws WorkersException {
    SparkApplication application =
        SparkApplication.start(cluster, "sweep " + name, settings.threads(), SweepPlugin.class);
    try {
      return new SparkWorkers(application, DriverSide.current(), settings, images);
    } catch (RuntimeException e) {
      application.close();
      throw e;
    }
  }
}
