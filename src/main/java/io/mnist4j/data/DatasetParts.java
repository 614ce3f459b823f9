package io.mnist4j.data;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a data set as its files have them: there may be no test images yet.
 *
 * @param name what it is called
 * @param classNames the name of each class; index = label
 * @param parts the images; at least one part, all images of one size
 * @param files where each image comes from, by parts; no entry where images have no file each
 * @param form in which pictures were taken; empty where there were no pictures
 */
public record DatasetParts(
    String name,
    List<String> classNames,
    Map<Part, ImageSet> parts,
    Map<Part, List<String>> files,
    Optional<String> form) {
  /**
   * @throws IllegalArgumentException if there is no part
   */
  public DatasetParts {
    classNames = List.copyOf(classNames);
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    files = Map.copyOf(files);
  }

  /** Images that were no pictures. */
  public DatasetParts(String name, List<String> classNames, Map<Part, ImageSet> parts) {
    this(name, classNames, parts, Map.of(), Optional.empty());
  }

  /** Whether the data set says itself which images test a network. */
  public boolean hasTest() {
    return parts.containsKey(Part.TEST);
  }

  /** The images that stand first: for training, or those of the only part. */
  public ImageSet first() {
    return parts.values().iterator().next();
  }
}
