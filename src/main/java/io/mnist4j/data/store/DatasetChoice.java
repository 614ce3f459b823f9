package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The data set that a run gets.
 *
 * @param fallbackReason why the embedded digits stand in for MNIST, where they do
 */
public record DatasetChoice(Dataset dataset, Optional<String> fallbackReason) {

  /**
   * Loads, and fetches what is missing. Only {@code auto} falls back, and only where MNIST cannot
   * be had; files that are there and wrong are an error always. A folder is read as it is, and
   * nothing is fetched for it.
   *
   * @throws ConfigException if there is no data set of that name
   * @throws DataException if the data set is corrupt, or missing and not to be had
   */
  public static DatasetChoice load(DataSpec spec, DataStore store, FetchListener listener)
      throws DataException, ConfigException {
    if (spec.isFolder()) {
      return new DatasetChoice(IdxFolder.read(Path.of(spec.dataset()), listener), Optional.empty());
    }
    if (!spec.isAuto()) {
      return new DatasetChoice(load(spec.dataset(), store, listener), Optional.empty());
    }
    try {
      return new DatasetChoice(load(Catalogue.MNIST.name(), store, listener), Optional.empty());
    } catch (MissingDataException e) {
      return new DatasetChoice(Strokes.generate(), Optional.of(e.getMessage()));
    }
  }

  private static Dataset load(String name, DataStore store, FetchListener listener)
      throws DataException, ConfigException {
    CatalogueEntry entry;
    try {
      entry = Catalogue.entry(name);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
    if (entry.isGenerated()) {
      return Strokes.generate();
    }
    return store.load(entry, listener);
  }
}
