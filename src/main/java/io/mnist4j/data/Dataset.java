package io.mnist4j.data;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A data set in memory, as it was read and, if the catalogue has it, verified.
 *
 * @param name its name in the catalogue, such as {@code mnist}, or one made from its folder's
 * @param classNames the name of each class; index = label
 * @param train what a network learns from
 * @param validation what it is watched by while it learns, where the data set has such a part
 * @param test what it is judged by, of the same image size
 * @param contentSha256 file name → SHA-256 (lower-case hex) of its uncompressed content: which data
 *     this was
 * @param groups of the training images, where they were asked for
 */
public record Dataset(
    String name,
    List<String> classNames,
    ImageSet train,
    Optional<ImageSet> validation,
    ImageSet test,
    SortedMap<String, String> contentSha256,
    Optional<ImageGroups> groups) {

  /**
   * @throws IllegalArgumentException if the sets differ in image size
   */
  public Dataset {
    classNames = List.copyOf(classNames);
    contentSha256 = Collections.unmodifiableSortedMap(new TreeMap<>(contentSha256));
    requireSameSize(train, test, "test");
    if (validation.isPresent()) {
      requireSameSize(train, validation.get(), "validation");
    }
  }

  /** A data set whose training images are in no groups. */
  public Dataset(
      String name,
      List<String> classNames,
      ImageSet train,
      Optional<ImageSet> validation,
      ImageSet test,
      SortedMap<String, String> contentSha256) {
    this(name, classNames, train, validation, test, contentSha256, Optional.empty());
  }

  /** A data set without validation images of its own. */
  public Dataset(
      String name,
      List<String> classNames,
      ImageSet train,
      ImageSet test,
      SortedMap<String, String> contentSha256) {
    this(name, classNames, train, Optional.empty(), test, contentSha256);
  }

  private static void requireSameSize(ImageSet train, ImageSet other, String which) {
    if (train.height() != other.height() || train.width() != other.width()) {
      throw new IllegalArgumentException(
          "training images are %dx%d, %s images %dx%d"
              .formatted(train.height(), train.width(), which, other.height(), other.width()));
    }
  }

  /** The same with groups of its training images. */
  public Dataset withGroups(ImageGroups found) {
    return new Dataset(
        name, classNames, train, validation, test, contentSha256, Optional.of(found));
  }

  /** The parts that there are, in the order of {@link Part}. */
  public Map<Part, ImageSet> parts() {
    Map<Part, ImageSet> parts = new EnumMap<>(Part.class);
    parts.put(Part.TRAIN, train);
    validation.ifPresent(images -> parts.put(Part.VALIDATION, images));
    parts.put(Part.TEST, test);
    return parts;
  }

  /** The number of classes. */
  public int classes() {
    return classNames.size();
  }
}
