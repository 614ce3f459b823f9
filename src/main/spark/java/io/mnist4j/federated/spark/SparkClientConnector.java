package io.mnist4j.federated.spark;

import io.mnist4j.cluster.Cluster;
import io.mnist4j.cluster.spark.SparkApplication;
import io.mnist4j.data.Dataset;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.federated.ClientConnector;
import io.mnist4j.federated.ClientTrainer;
import io.mnist4j.federated.Federation;

/** Has the executors of a Spark cluster train clients. */
public final class SparkClientConnector implements ClientConnector {
  @Override
  public ClientTrainer connect(Cluster cluster, Federation federation, Dataset dataset)
      throws WorkersException {
    SparkApplication application =
        SparkApplication.start(cluster, "federate", 1, ClientsPlugin.class);
    try {
      return new SparkClients(application, SentFederation.of(federation, dataset));
    } catch (RuntimeException e) {
      application.close();
      throw e;
    }
  }
}
