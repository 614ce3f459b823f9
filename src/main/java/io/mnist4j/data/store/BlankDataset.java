package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import java.util.Optional;
import java.util.TreeMap;

/** Blank images, as many and as large as those of a data set that is not on disk. */
public final class BlankDataset {
  /** Of MNIST and of all that has its form. */
  private static final int SIDE = 28;

  /** Above, so many blank images would take more memory than the answer is worth. */
  private static final int MOST_IMAGES = 150_000;

  private BlankDataset() {}

  /**
   * The data set that is asked for, with blank images.
   *
   * @return empty where its files are there, or what it holds is known from these alone
   */
  public static Optional<Dataset> of(DataSpec spec, DataStore store) {
    String name = spec.isAuto() ? Catalogue.MNIST.name() : spec.dataset();
    return Catalogue.entries().stream()
        .filter(entry -> entry.name().equals(name))
        .filter(CatalogueEntry::isIdx)
        .filter(entry -> entry.trainImages() <= MOST_IMAGES)
        .filter(entry -> isMissing(entry, store))
        .findFirst()
        .map(BlankDataset::of);
  }

  private static boolean isMissing(CatalogueEntry entry, DataStore store) {
    return store.glance(entry).stream()
        .anyMatch(file -> file.state() == FileStatus.FileState.MISSING);
  }

  private static Dataset of(CatalogueEntry entry) {
    int classes = entry.classNames().size();
    return new Dataset(
        entry.name(),
        entry.classNames(),
        images(entry.trainImages(), classes),
        images(entry.testImages(), classes),
        new TreeMap<>());
  }

  private static ImageSet images(int count, int classes) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    return new ImageSet(SIDE, SIDE, new byte[count * SIDE * SIDE], labels);
  }
}
