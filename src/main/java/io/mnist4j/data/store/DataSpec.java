package io.mnist4j.data.store;

import io.mnist4j.config.Key;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.text.ClosestName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is learned from.
 *
 * @param dataset a name of the catalogue; {@code auto}: MNIST where it is on disk or can be
 *     fetched, else the embedded digits; or a folder or file, kept as an absolute path. A value is
 *     a path if it contains / or \, if it is . or .., or if there is a file or folder of that name
 *     and no such name in the catalogue.
 * @param limit training images that are used; 0 for all. Fewer than there are are a random choice
 *     in which each class keeps its share. Validation and test images are not limited.
 * @param classes names or numbers of the classes to keep, which become 0, 1, … in this order; empty
 *     for all
 * @param validation {@code test}: the test set watches the training; or a share above 0 and at most
 *     0.5 of the training images, which are split off at random, each class in its share, so that
 *     nothing but the result sees the test set; {@code auto}: the data set's own validation images
 *     where it has them, else the test set
 * @param test the share of the images that become test images where the data has none of its own,
 *     above 0 and at most 0.5; each class in its share, the same images whatever the seed of the
 *     experiment
 * @param size of the images, such as {@code 28x28}: pictures are scaled to it, rows of numbers are
 *     of it; {@code auto}: as most pictures are, and square
 * @param form {@code as-is}: pictures are taken as they are; {@code digits}: the digit in each is
 *     found and brought into MNIST's form; {@code auto}: as they are, but digits are found in
 *     pictures that are too large for that and show single characters
 * @param labelColumn of a table: {@code first}, {@code last}, or its name in the first line; {@code
 *     auto} finds it
 * @param folds parts of the training images, each class in its share in each; 0 for none. Each part
 *     validates one training on the others (cross-validation)
 * @param fold which of them validates this training, from 1; 0 for each in its turn
 * @param exclude a table of images, kept as an absolute path; those of the training part are left
 *     out before anything else is chosen. Empty for none
 * @param excludeSha256 of that file, lower-case hex, so that the same images are left out when the
 *     run is repeated; empty before the file was read
 * @param groups a table that says which group each training image is in, kept as an absolute path,
 *     or a name of the catalogue; empty for none
 * @param groupColumn of that table; empty for the usual one, see {@link
 *     io.mnist4j.data.groups.GroupTable#column}
 * @param groupsSha256 of the table, lower-case hex; empty before it was read
 */
public record DataSpec(
    @Key("a name such as mnist, or a folder or file of images; auto is mnist, else strokes")
        String dataset,
    @Key(value = "training images that are used, each class in its share; 0 for all", min = 0)
        int limit,
    @Key("names or numbers of the classes to keep; empty for all") List<String> classes,
    @Key("test, or a share of the training images, above 0 and at most 0.5; auto is the data's own")
        String validation,
    @Key(
            value = "share that becomes the test set where the data has none",
            min = 0,
            aboveMin = true,
            max = DataSpec.MAX_SHARE)
        double test,
    @Key("of pictures and of rows of numbers, such as 28x28; auto is as they are") String size,
    @Key("of pictures: as-is, or digits found in them; auto is as-is but for photos of characters")
        String form,
    @Key("of a table: first, last or its name; auto finds it") String labelColumn,
    @Key(value = "parts of the training images that validate in turn; 0 for none", min = 0)
        int folds,
    @Key(value = "which of the folds validates; 0 for each in its turn", min = 0) int fold,
    @Key("issues.csv of data issues, whose training images are left out; empty for none")
        String exclude,
    @Key(value = "SHA-256 of that file; the program writes it", optional = true)
        String excludeSha256,
    @Key("table of the training images' groups: a CSV, or mnist-writers; empty for none")
        String groups,
    @Key("of that table, such as hsf or writer; empty for the one that there is")
        String groupColumn,
    @Key(value = "SHA-256 of that table; the program writes it", optional = true)
        String groupsSha256) {
  /** MNIST, or the embedded digits where it cannot be had; for other keys what their text says. */
  public static final String AUTO = "auto";

  /** The test set is the validation set. */
  public static final String TEST = "test";

  /** Pictures are taken as they are. */
  public static final String AS_IS = "as-is";

  /** Digits are found in pictures. */
  public static final String DIGITS = "digits";

  /** The largest share of the images that is split off. */
  static final double MAX_SHARE = 0.5;

  // Before DEFAULT, whose making looks at it.
  private static final List<String> FORMS = List.of(AUTO, AS_IS, DIGITS);

  public static final DataSpec DEFAULT =
      new DataSpec(AUTO, 0, List.of(), AUTO, 0.15, AUTO, AUTO, AUTO, 0, 0, "", "", "", "", "");

  /** Without folds and groups, and with all images. */
  public DataSpec(
      String dataset,
      int limit,
      List<String> classes,
      String validation,
      double test,
      String size,
      String form,
      String labelColumn) {
    this(
        dataset,
        limit,
        classes,
        validation,
        test,
        size,
        form,
        labelColumn,
        0,
        0,
        "",
        "",
        "",
        "",
        "");
  }

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
    if (!validation.equals(TEST) && !validation.equals(AUTO)) {
      validation = Double.toString(share(validation));
    }
    if (!(test > 0 && test <= MAX_SHARE)) {
      throw new IllegalArgumentException(
          "test must be a share of the images above 0 and at most %s, not %s"
              .formatted(MAX_SHARE, test));
    }
    size = size.equals(AUTO) ? AUTO : parsedSize(size).toString();
    if (!FORMS.contains(form)) {
      throw new IllegalArgumentException(
          "form must be one of %s, not '%s'%s"
              .formatted(String.join(", ", FORMS), form, ClosestName.question(form, FORMS)));
    }
    if (labelColumn.isBlank()) {
      throw new IllegalArgumentException(
          "label-column must be auto, first, last or the name of a column, not empty");
    }
    requireFolds(validation, folds, fold);
    exclude = absoluteFile(exclude);
    Objects.requireNonNull(excludeSha256, "excludeSha256");
    groups = GroupTables.source(groups);
    Objects.requireNonNull(groupColumn, "groupColumn");
    Objects.requireNonNull(groupsSha256, "groupsSha256");
    if (groups.isEmpty() && !groupColumn.isEmpty()) {
      throw new IllegalArgumentException("group-column needs groups, the table that it is of");
    }
  }

  private static String absoluteFile(String file) {
    try {
      return file.isBlank() ? "" : Path.of(file).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "exclude must be a file, not '%s': %s".formatted(file, e.getReason()), e);
    }
  }

  private static void requireFolds(String validation, int folds, int fold) {
    if (folds < 0 || folds == 1) {
      throw new IllegalArgumentException("folds must be 0 (none) or at least 2, not " + folds);
    }
    if (folds > 0 && !validation.equals(AUTO) && !validation.equals(TEST)) {
      throw new IllegalArgumentException(
          "folds validate with a part of the training images each; leave validation out");
    }
    if (fold < 0) {
      throw new IllegalArgumentException("fold must be 0 (each in its turn) or more, not " + fold);
    }
    if (fold > folds) {
      throw new IllegalArgumentException(
          folds == 0
              ? "fold needs folds, of which it is one"
              : "fold must be 0 (each in its turn) to %d, not %d".formatted(folds, fold));
    }
  }

  private static ImageSize parsedSize(String size) {
    try {
      return ImageSize.parse(size);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "size must be auto or such as 28x28: " + e.getMessage(), e);
    }
  }

  /** The same on another data set. */
  public DataSpec withDataset(String newDataset) {
    return with(newDataset, validation, form, fold, exclude, excludeSha256);
  }

  /** The same with pictures taken in another form. */
  public DataSpec withForm(String newForm) {
    return with(dataset, validation, newForm, fold, exclude, excludeSha256);
  }

  /** The same, validated by a share of the training images, from 0 to 1. */
  public DataSpec withValidationShare(double share) {
    return with(dataset, Double.toString(share), form, fold, exclude, excludeSha256);
  }

  /** The same, validated by the data set's own validation images. */
  public DataSpec withOwnValidation() {
    return with(dataset, AUTO, form, fold, exclude, excludeSha256);
  }

  /** The same with another of the folds. */
  public DataSpec withFold(int newFold) {
    return with(dataset, validation, form, newFold, exclude, excludeSha256);
  }

  /** The same with all training images, in no groups: without the tables that say so. */
  public DataSpec withoutTables() {
    return with(dataset, validation, form, fold, "", "").withGroups("", "", "");
  }

  /** The same with the SHA-256 of the file whose images are left out. */
  DataSpec withExcludeSha256(String sha256) {
    return with(dataset, validation, form, fold, exclude, sha256);
  }

  /** The same with the SHA-256 of the table of groups. */
  DataSpec withGroupsSha256(String sha256) {
    return withGroups(groups, groupColumn, sha256);
  }

  private DataSpec withGroups(String newGroups, String newColumn, String newSha256) {
    return new DataSpec(
        dataset,
        limit,
        classes,
        validation,
        test,
        size,
        form,
        labelColumn,
        folds,
        fold,
        exclude,
        excludeSha256,
        newGroups,
        newColumn,
        newSha256);
  }

  private DataSpec with(
      String newDataset,
      String newValidation,
      String newForm,
      int newFold,
      String newExclude,
      String newSha256) {
    return new DataSpec(
        newDataset,
        limit,
        classes,
        newValidation,
        test,
        size,
        newForm,
        labelColumn,
        folds,
        newFold,
        newExclude,
        newSha256,
        groups,
        groupColumn,
        groupsSha256);
  }

  /** Whether each of the folds is to validate in its turn. */
  public boolean isCrossValidated() {
    return folds > 0 && fold == 0;
  }

  /** The size that was asked for; empty for that of the data. */
  public Optional<ImageSize> imageSize() {
    return size.equals(AUTO) ? Optional.empty() : Optional.of(ImageSize.parse(size));
  }

  /** Whether the embedded digits may stand in. */
  public boolean isAuto() {
    return dataset.equals(AUTO);
  }

  /** Whether the data set is a folder or a file, and not one of the catalogue. */
  public boolean isPath() {
    return dataset.contains("/") || dataset.contains("\\");
  }

  /** The share of the training images that validate; 0 if other images do. */
  public double validationShare() {
    return validation.equals(TEST) || validation.equals(AUTO) ? 0 : share(validation);
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
        ("validation must be auto, test, or a share of the training images above 0 and at most %s,"
                + " not '%s'")
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
      return path || (!name && Files.exists(Path.of(dataset)))
          ? Path.of(dataset).toAbsolutePath().normalize().toString()
          : dataset;
    } catch (InvalidPathException e) {
      if (!path) {
        // Just no file's name; which characters those may have depends on the locale too.
        return dataset;
      }
      throw new IllegalArgumentException(
          "dataset must be a name, a folder or a file, not '%s': %s"
              .formatted(dataset, e.getReason()),
          e);
    }
  }
}
