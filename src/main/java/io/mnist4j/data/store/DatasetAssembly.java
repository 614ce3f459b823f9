package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.data.Stratified;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxDigest;
import io.mnist4j.errors.DataException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Makes a data set of the parts that were read. */
public final class DatasetAssembly {
  /** Of the choice of test images: the same for each run, so that runs can be compared. */
  private static final long TEST_SEED = 0;

  private DatasetAssembly() {}

  /**
   * Splits test images off where there are none, and gives the data set its name of the catalogue
   * where its images and labels are those of an entry, in whatever form they were read.
   *
   * @param testShare of the images, above 0 and at most 0.5
   * @param notes is told where there are too few images to split, so that all of them are both
   * @throws DataException if there are no training images, or all are of one class
   */
  public static Dataset of(DatasetParts parts, double testShare, Consumer<String> notes)
      throws DataException {
    ImageSet train = parts.parts().get(Part.TRAIN);
    if (train == null) {
      throw new DataException(
          "%s: has no images to train on, only a %s part"
              .formatted(parts.name(), parts.parts().keySet().iterator().next()));
    }
    if (parts.classNames().size() < 2) {
      throw new DataException(
          "%s: all images are of class '%s'; there is nothing to tell apart"
              .formatted(parts.name(), parts.classNames().get(0)));
    }
    ImageSet test = parts.parts().get(Part.TEST);
    if (test == null) {
      int[] chosen = testImages(parts, testShare);
      test = train.subset(chosen);
      if (chosen.length < train.size()) {
        train = train.without(chosen);
      } else {
        notes.accept(
            "%s: its %d images are too few to split some off, so that the test images are those that"
                    .formatted(parts.name(), train.size())
                + " were learned: the accuracy says nothing of others");
      }
    }
    Optional<ImageSet> validation = Optional.ofNullable(parts.parts().get(Part.VALIDATION));
    SortedMap<String, String> hashes = hashes(train, validation, test);
    Optional<CatalogueEntry> known = known(hashes);
    return new Dataset(
        known.map(CatalogueEntry::name).orElse(parts.name()),
        known.map(CatalogueEntry::classNames).orElse(parts.classNames()),
        train,
        validation,
        test,
        hashes);
  }

  /**
   * The indices of the images that become test images, ascending; each class keeps its share. All,
   * where a class would be left without an image to learn from.
   */
  public static int[] testImages(DatasetParts parts, double share) {
    ImageSet all = parts.first();
    if (Stratified.fewestOfAClass(all) < 2) {
      return IntStream.range(0, all.size()).toArray();
    }
    int size = Math.max(Stratified.classesOf(all), (int) Math.round(all.size() * share));
    return Stratified.choose(all, size, TEST_SEED);
  }

  private static SortedMap<String, String> hashes(
      ImageSet train, Optional<ImageSet> validation, ImageSet test) {
    SortedMap<String, String> hashes = new ConcurrentSkipListMap<>();
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              validation.ifPresent(
                  images -> {
                    hashes.put("validation-images-idx3-ubyte", IdxDigest.images(images));
                    hashes.put("validation-labels-idx1-ubyte", IdxDigest.labels(images));
                  });
              hashes.put(FileRole.TEST_IMAGES.fileName(), IdxDigest.images(test));
              hashes.put(FileRole.TEST_LABELS.fileName(), IdxDigest.labels(test));
            });
    hashes.put(FileRole.TRAIN_IMAGES.fileName(), IdxDigest.images(train));
    hashes.put(FileRole.TRAIN_LABELS.fileName(), IdxDigest.labels(train));
    others.join();
    return hashes;
  }

  private static Optional<CatalogueEntry> known(Map<String, String> hashes) {
    return Catalogue.entries().stream()
        .filter(entry -> entry.isKnownByContent() && entry.files().size() == hashes.size())
        .filter(entry -> entry.files().stream().allMatch(file -> isThere(file, hashes)))
        .findFirst();
  }

  private static boolean isThere(CatalogueFile file, Map<String, String> hashes) {
    String found = hashes.get(file.role().orElseThrow().fileName());
    return file.hash().filter(hash -> hash.hex().equals(found)).isPresent();
  }
}
