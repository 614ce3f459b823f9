package io.mnist4j.federated;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.store.DataStore;
import java.io.IOException;

/**
 * What a federation is to do, before anything is loaded.
 *
 * @param store of data sets
 * @param backend the CPU; it is started when the data is there
 * @param threads clients that train side by side, at least 1
 * @param checkpointSeconds between two checkpoints; 0 for one after each round
 */
public record FederationRequest(
    Federation federation,
    DataStore store,
    Backend backend,
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
