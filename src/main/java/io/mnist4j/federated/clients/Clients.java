package io.mnist4j.federated.clients;

import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import java.nio.file.Path;

/** Whose the training images are. */
public sealed interface Clients
    permits IidClients, ClassesClients, DirichletClients, WritersClients {

  /**
   * Deals the training images out.
   *
   * @param dataFolder where data sets lie
   * @return for each client the indices of its images, at least one, ascending; no image twice
   * @throws ConfigException if the images cannot be dealt out so
   * @throws DataException if a file that says whose they are is missing or damaged
   */
  int[][] deal(DataSplit images, Path dataFolder, long seed) throws ConfigException, DataException;

  /** In a line. */
  String text();
}
