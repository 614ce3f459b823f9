package io.mnist4j.sweep.workers;

import io.mnist4j.cluster.Cluster;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.search.SweepSettings;

/** Takes workers for trials from a kind of cluster. */
public interface TrialConnector {
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
