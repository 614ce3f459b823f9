package io.mnist4j.federated;

import io.mnist4j.backend.Backend;
import io.mnist4j.cluster.Cluster;
import io.mnist4j.data.store.DataStore;
import java.io.IOException;
import java.util.Optional;

/**
 * What a federation is to do, before anything is loaded.
 *
 * @param store of data sets
 * @param backend the CPU; it is started when the data is there
 * @param cluster whose machines train the clients; empty for this process
 * @param threads that train clients here, or only test the network, at least 1
 * @param checkpointSeconds between two checkpoints; 0 for one after each round
 */
public record FederationRequest(
    Federation federation,
    DataStore store,
    Backend backend,
    Optional<Cluster> cluster,
    int threads,
    FederationFolderChoice folder,
    double checkpointSeconds) {

  /** Makes the folder of a new federation, or names that of one that goes on. */
  public interface FederationFolderChoice {
    /**
     * Called when all else is known to be right.
     *
     * @param federation with what {@code auto} was found to stand for
     * @param dataset name of the data set
     */
    FederationFolder folder(Federation federation, String dataset) throws IOException;
  }
}
