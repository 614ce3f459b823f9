package io.mnist4j.data.parquet;

import java.util.List;
import java.util.Optional;

/**
 * Pictures as a file has them, not yet decoded.
 *
 * @param source where they were read from, as messages name it
 * @param pictures the content of a picture file each (PNG, JPEG ...), copied at each {@code get};
 *     several threads may ask
 * @param labels one for each picture, each at least 0: indices of {@code labelNames} where there
 *     are names, else the numbers that the file has; empty where it has no labels. The array is not
 *     copied.
 * @param labelNames the names of the labels, each once; those that the file gives in its order,
 *     else in the order of the rows; empty where labels are numbers
 * @param columns all columns of the file with their types, for messages
 */
public record EncodedPictures(
    String source,
    List<byte[]> pictures,
    Optional<int[]> labels,
    List<String> labelNames,
    String columns) {

  /**
   * @throws IllegalArgumentException if the sizes contradict each other
   */
  public EncodedPictures {
    labelNames = List.copyOf(labelNames);
    if (labels.isPresent() && labels.get().length != pictures.size()) {
      throw new IllegalArgumentException(
          "%d labels for %d pictures".formatted(labels.get().length, pictures.size()));
    }
  }

  /** How messages name a picture: the file and its row, counted from 0. */
  public String nameOf(int index) {
    return "%s, row %d".formatted(source, index);
  }
}
