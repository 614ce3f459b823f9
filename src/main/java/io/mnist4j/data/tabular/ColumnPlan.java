package io.mnist4j.data.tabular;

import io.mnist4j.data.ImageSize;
import java.util.List;

/**
 * What the columns of a table are; all that are neither dropped nor the label are pixels.
 *
 * @param columns in a row
 * @param names of the columns; empty if the table does not say
 * @param dropped columns at the beginning that number the rows
 * @param label index of the label's column; -1 if there is none
 * @param guessed whether the label was found by what stands in its column
 * @param size of the images
 */
record ColumnPlan(
    int columns, List<String> names, int dropped, int label, boolean guessed, ImageSize size) {

  boolean hasLabel() {
    return label >= 0;
  }

  /** The place of a column among the pixels, which it must be one of. */
  int pixel(int column) {
    return column - dropped - (hasLabel() && column > label ? 1 : 0);
  }

  /** A column as messages name it, with the first being 1. */
  String nameOf(int column) {
    return names.isEmpty()
        ? "column " + (column + 1)
        : "column %d (%s)".formatted(column + 1, TextLines.shown(names.get(column)));
  }
}
