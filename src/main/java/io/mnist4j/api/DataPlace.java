package io.mnist4j.api;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.fetch.FetchSettings;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.errors.DataException;
import java.nio.file.Path;
import java.util.Map;

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
    Map<String, String> environment = System.getenv();
    try {
      return new DataStore(
          DataFolder.resolve(folder, environment, System.getProperties()),
          FetchSettings.of(environment),
          DataFolder.decoded(environment, System.getProperties()));
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }
}
