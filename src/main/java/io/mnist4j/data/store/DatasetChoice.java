package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.Part;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.imagefolder.PictureForm;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The data set that a run gets.
 *
 * @param spec what was asked for, with what {@code auto} was found to stand for
 * @param fallbackReason why the embedded digits stand in for MNIST, where they do
 */
public record DatasetChoice(Dataset dataset, DataSpec spec, Optional<String> fallbackReason) {

  /**
   * Loads, and fetches what is missing. Only {@code auto} falls back, and only where MNIST cannot
   * be had; files that are there and wrong are an error always. A folder or file is read as it is,
   * and nothing is fetched for it.
   *
   * @param digits the form of images for which digits are found in pictures
   * @throws ConfigException if there is no data set of that name
   * @throws DataException if the data set is corrupt, or missing and not to be had
   */
  public static DatasetChoice load(
      DataSpec spec, PictureForm digits, DataStore store, FetchListener listener)
      throws DataException, ConfigException {
    DatasetChoice choice = loadAll(spec, digits, store, listener);
    if (!spec.exclude().isEmpty()) {
      choice = choice.without(Path.of(spec.exclude()), listener);
    }
    return spec.groups().isEmpty() ? choice : GroupTables.join(choice, store, listener);
  }

  private DatasetChoice without(Path file, FetchListener listener)
      throws DataException, ConfigException {
    ExcludedImages excluded = ExcludedImages.read(file, dataset);
    if (!spec.excludeSha256().isEmpty() && !spec.excludeSha256().equals(excluded.sha256())) {
      throw new DataException(
          ("%s has changed: data.exclude-sha256 is %s, and its SHA-256 is %s; leave the former out"
                  + " to take the file as it is now")
              .formatted(file, spec.excludeSha256(), excluded.sha256()));
    }
    if (excluded.isAllOf(dataset)) {
      throw new ConfigException(
          "data.exclude: %s leaves no training image of %s".formatted(file, dataset.name()));
    }
    listener.note(
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d training images are left out",
            file,
            excluded.indices().length,
            dataset.train().size()));
    return new DatasetChoice(
        excluded.leftOutOf(dataset), spec.withExcludeSha256(excluded.sha256()), fallbackReason);
  }

  private static DatasetChoice loadAll(
      DataSpec spec, PictureForm digits, DataStore store, FetchListener listener)
      throws DataException, ConfigException {
    if (spec.isPath()) {
      DatasetParts parts = read(spec, digits, store, listener);
      Dataset dataset = DatasetAssembly.of(parts, spec.test(), listener::note);
      // MNIST's pictures are in the form that digits are brought into.
      boolean found =
          parts.form().isPresent()
              && spec.form().equals(DataSpec.AUTO)
              && !dataset.name().equals(Catalogue.MNIST.name());
      return new DatasetChoice(
          dataset, found ? spec.withForm(parts.form().get()) : spec, Optional.empty());
    }
    if (!spec.isAuto()) {
      return new DatasetChoice(load(spec.dataset(), store, listener), spec, Optional.empty());
    }
    try {
      return named(load(Catalogue.MNIST.name(), store, listener), spec, Optional.empty());
    } catch (MissingDataException e) {
      return named(Strokes.generate(), spec, Optional.of(e.getMessage()));
    }
  }

  /**
   * The parts of a data set as its files have them, nothing split off.
   *
   * @throws ConfigException if there is no data set of that name
   * @throws DataException if the data set is corrupt, or missing and not to be had
   */
  public static DatasetParts parts(
      DataSpec spec, PictureForm digits, DataStore store, FetchListener listener)
      throws DataException, ConfigException {
    if (!spec.isPath()) {
      Dataset dataset = load(spec, digits, store, listener).dataset();
      return new DatasetParts(dataset.name(), dataset.classNames(), dataset.parts());
    }
    DatasetParts parts = read(spec, digits, store, listener);
    // What is known by its content has a name, and names of its classes.
    if (!parts.hasTest() || !parts.parts().containsKey(Part.TRAIN)) {
      return parts;
    }
    Dataset dataset = DatasetAssembly.of(parts, spec.test(), listener::note);
    return new DatasetParts(
        dataset.name(), dataset.classNames(), dataset.parts(), parts.files(), parts.form());
  }

  private static DatasetParts read(
      DataSpec spec, PictureForm digits, DataStore store, FetchListener listener)
      throws DataException {
    ReadingOptions options = ReadingOptions.of(spec, digits, store.cache());
    return DatasetReader.read(Path.of(spec.dataset()), options, listener);
  }

  private static DatasetChoice named(
      Dataset dataset, DataSpec spec, Optional<String> fallbackReason) {
    return new DatasetChoice(dataset, spec.withDataset(dataset.name()), fallbackReason);
  }

  private static Dataset load(String name, DataStore store, FetchListener listener)
      throws DataException, ConfigException {
    CatalogueEntry entry;
    try {
      entry = Catalogue.entry(name);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
    if (entry.isTable()) {
      throw new ConfigException(
          "%s has no images: it says %s; a name in data.groups or --groups takes it"
              .formatted(name, entry.description()));
    }
    if (entry.isGenerated()) {
      return Strokes.generate();
    }
    return store.load(entry, listener);
  }
}
