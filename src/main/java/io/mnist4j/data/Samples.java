package io.mnist4j.data;

import java.util.List;
import java.util.Optional;

/**
 * Images with their labels as a file has them: the labels are not yet the class indices of a data
 * set. The arrays are not copied.
 *
 * @param source where they were read from, as messages name it: a file, or an entry of an archive
 * @param size of each image
 * @param pixels {@code [n, height, width]} row by row, unsigned bytes: 0 is paper, 255 is ink
 * @param labels {@code [n]}, each at least 0: indices of {@code labelNames} where there are names,
 *     else the numbers that the file has; empty where it has no labels
 * @param labelNames the names of the labels, each once, in the order in which the file gives them;
 *     empty where labels are numbers
 */
public record Samples(
    String source, ImageSize size, byte[] pixels, Optional<int[]> labels, List<String> labelNames) {

  /**
   * @throws IllegalArgumentException if the sizes contradict each other, or a label has no name
   */
  public Samples {
    labelNames = List.copyOf(labelNames);
    if (pixels.length % size.pixels() != 0) {
      throw new IllegalArgumentException(
          "%d pixels are not images of %s".formatted(pixels.length, size));
    }
    if (labels.isPresent()) {
      int[] numbers = labels.get();
      if (numbers.length != pixels.length / size.pixels()) {
        throw new IllegalArgumentException(
            "%d labels for %d images".formatted(numbers.length, pixels.length / size.pixels()));
      }
      for (int label : numbers) {
        if (label < 0 || (!labelNames.isEmpty() && label >= labelNames.size())) {
          throw new IllegalArgumentException("label " + label + " has no name");
        }
      }
    }
  }

  /** Labels that are numbers. */
  public static Samples numbered(String source, ImageSize size, byte[] pixels, int[] labels) {
    return new Samples(source, size, pixels, Optional.of(labels), List.of());
  }

  /** Images without labels. */
  public static Samples unlabelled(String source, ImageSize size, byte[] pixels) {
    return new Samples(source, size, pixels, Optional.empty(), List.of());
  }

  /** The number of images. */
  public int count() {
    return pixels.length / size.pixels();
  }
}
