package io.mnist4j.sweep;

import io.mnist4j.data.store.DataStore;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.sweep.workers.Cluster;
import java.io.IOException;
import java.util.Optional;

/**
 * What a sweep is to do, before anything is loaded.
 *
 * @param name as the pages of a cluster are to show it
 * @param store of data sets
 * @param cluster whose machines carry out the trials; empty for this process
 */
public record SweepRequest(
    Sweep sweep,
    String name,
    DataStore store,
    Optional<Cluster> cluster,
    SweepFolderChoice folder) {

  /** Makes the folder of a new sweep, or opens that of one that goes on. */
  public interface SweepFolderChoice {
    /** Called when all else is known to be right. */
    SweepFolder open() throws IOException, RunFolderException, ConfigException;
  }
}
