package io.mnist4j.api;

import io.mnist4j.data.store.DataStore;
import io.mnist4j.errors.DataException;
import java.nio.file.Path;

/** Where data sets lie for a program that uses this API. */
final class DataPlace {
  private DataPlace() {}

  /**
   * The data sets of a folder.
   *
   * @param folder null for the one that the command line would take
   * @throws DataException if {@code MNIST4J_MIRRORS} holds no addresses
   */
  static DataStore store(Path folder) throws DataException {
    try {
      return DataStore.of(folder, System.getenv());
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }
}
