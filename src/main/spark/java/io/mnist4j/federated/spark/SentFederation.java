package io.mnist4j.federated.spark;

import io.mnist4j.cluster.spark.SentDataset;
import io.mnist4j.data.Dataset;
import io.mnist4j.federated.Federation;
import io.mnist4j.federated.FederationFile;
import java.io.Serializable;

/**
 * A federation on its way to the executors.
 *
 * @param settings the text of its complete file
 */
record SentFederation(String settings, SentDataset dataset) implements Serializable {
  static SentFederation of(Federation federation, Dataset dataset) {
    return new SentFederation(FederationFile.toYaml(federation), SentDataset.of(dataset));
  }
}
