package io.mnist4j.federated;

import io.mnist4j.cluster.Cluster;
import io.mnist4j.data.Dataset;
import io.mnist4j.errors.WorkersException;

/** Has machines of a kind of cluster train clients. */
public interface ClientConnector {
  /**
   * Waits until the cluster has given at least one worker.
   *
   * @param federation that names the data set
   * @throws WorkersException if the cluster cannot be reached or gives no worker
   */
  ClientTrainer connect(Cluster cluster, Federation federation, Dataset dataset)
      throws WorkersException;
}
