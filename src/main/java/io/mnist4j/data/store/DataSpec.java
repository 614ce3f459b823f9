package io.mnist4j.data.store;

import io.mnist4j.config.Key;
import io.mnist4j.data.catalogue.Catalogue;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What is learned from.
 *
 * @param dataset a name of the catalogue; {@code auto}: MNIST where it is on disk or can be
 *     fetched, else the embedded digits; or a folder of IDX files, kept as an absolute path. A
 *     value is a folder if it contains / or \, if it is . or .., or if there is a folder of that
 *     name and no such name in the catalogue.
 * @param limit training images that are used; 0 for all. Fewer than there are are a random choice
 *     in which each class keeps its share. Validation and test images are not limited.
 * @param classes names or numbers of the classes to keep, which become 0, 1, … in this order; empty
 *     for all
 * @param validation {@code test}: the test set watches the training; or a share above 0 and at most
 *     0.5 of the training images, which are split off at random, each class in its share, so that
 *     nothing but the result sees the test set
 */
public record DataSpec(
    @Key("mnist, fashion-mnist, strokes or a folder of IDX files; auto is mnist, else strokes")
        String dataset,
    @Key(value = "training images that are used, each class in its share; 0 for all", min = 0)
        int limit,
    @Key("names or numbers of the classes to keep; empty for all") List<String> classes,
    @Key("test, or a share of the training images, above 0 and at most 0.5") String validation) {
  /** MNIST, or the embedded digits where it cannot be had. */
  public static final String AUTO = "auto";

  /** The test set is the validation set. */
  public static final String TEST = "test";

  public static final DataSpec DEFAULT = new DataSpec(AUTO, 0, List.of(), TEST);

  private static final double MAX_SHARE = 0.5;

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public DataSpec {
    Objects.requireNonNull(dataset, "dataset");
    dataset = withAbsolutePath(dataset);
    if (limit < 0) {
      throw new IllegalArgumentException("limit must be 0 (all) or more, not " + limit);
    }
    classes = List.copyOf(classes);
    if (classes.size() == 1) {
      throw new IllegalArgumentException(
          "classes must be at least two, or none for all, not " + classes);
    }
    if (new HashSet<>(classes).size() < classes.size()) {
      throw new IllegalArgumentException("classes must differ, not " + classes);
    }
    validation = validation.equals(TEST) ? TEST : Double.toString(share(validation));
  }

  /** The same on another data set. */
  public DataSpec withDataset(String newDataset) {
    return new DataSpec(newDataset, limit, classes, validation);
  }

  /** Whether the embedded digits may stand in. */
  public boolean isAuto() {
    return dataset.equals(AUTO);
  }

  /** Whether the data set is a folder, and not one of the catalogue. */
  public boolean isFolder() {
    return dataset.contains("/") || dataset.contains("\\");
  }

  /** The share of the training images that validate; 0 if the test set does. */
  public double validationShare() {
    return validation.equals(TEST) ? 0 : share(validation);
  }

  private static double share(String validation) {
    try {
      double share = Double.parseDouble(validation);
      if (share > 0 && share <= MAX_SHARE) {
        return share;
      }
    } catch (NumberFormatException e) {
      // The same message will do.
    }
    throw new IllegalArgumentException(
        "validation must be test, or a share of the training images above 0 and at most %s, not '%s'"
            .formatted(MAX_SHARE, validation));
  }

  private static String withAbsolutePath(String dataset) {
    boolean path =
        dataset.contains("/")
            || dataset.contains("\\")
            || dataset.equals(".")
            || dataset.equals("..");
    boolean name = dataset.isBlank() || dataset.equals(AUTO) || Catalogue.names().contains(dataset);
    try {
      return path || (!name && Files.isDirectory(Path.of(dataset)))
          ? Path.of(dataset).toAbsolutePath().normalize().toString()
          : dataset;
    } catch (InvalidPathException e) {
      if (!path) {
        // Just no folder's name; which characters those may have depends on the locale too.
        return dataset;
      }
      throw new IllegalArgumentException(
          "dataset must be a name or a folder, not '%s': %s".formatted(dataset, e.getReason()), e);
    }
  }
}
