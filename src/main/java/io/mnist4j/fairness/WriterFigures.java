package io.mnist4j.fairness;

import io.mnist4j.eval.Proportion;
import java.util.List;

/**
 * How good a model is on the images of one writer.
 *
 * @param writer as the table names them
 * @param group of their first image
 * @param accuracy over their images
 * @param images indices among those that were tested, those that were taken for another class first
 */
public record WriterFigures(
    String writer, String group, Proportion accuracy, List<Integer> images) {
  public WriterFigures {
    images = List.copyOf(images);
  }
}
