package io.mnist4j.federated.clients;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.groups.GroupTable;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;

/** Whose the training images are. */
public sealed interface Clients
    permits IidClients, ClassesClients, DirichletClients, WritersClients {

  /** Reads tables of groups. */
  @FunctionalInterface
  interface TableSource {
    /**
     * Reads one.
     *
     * @param asked a file, or a name of the catalogue
     */
    GroupTable read(String asked) throws ConfigException, DataException;
  }

  /**
   * Deals the training images out.
   *
   * @param tables that say who wrote what
   * @return for each client the indices of its images, at least one, ascending; no image twice
   * @throws ConfigException if the images cannot be dealt out so
   * @throws DataException if a file that says whose they are is missing or damaged
   */
  int[][] deal(DataSplit images, TableSource tables, long seed)
      throws ConfigException, DataException;

  /** In a line. */
  String text();
}
