package io.mnist4j.sweep.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The way for messages that Spark keeps for plugins: it needs no port of its own, and is
 * authenticated and encrypted as the rest of the cluster is. Spark makes it by its name, on the
 * driver and in each executor.
 */
public final class SweepPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new DriverSide();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorSide();
  }
}
