package io.mnist4j.digits;

import java.util.Arrays;

/**
 * Grey-scale closing by a square: whatever is darker than its surroundings, and too narrow for the
 * square to fit into, takes their tone (P. Soille, "Morphological Image Analysis", 2nd edition,
 * 2003, chapter 4). Strokes of a pen go, and slopes and edges of light, which are wide and dark on
 * one side only, stay as they are, at the border of the picture as well: it counts as going on for
 * ever as it ends.
 */
final class MorphologicalClosing {
  private MorphologicalClosing() {}

  /**
   * Closes an image.
   *
   * @param values {@code [height, width]} row by row
   * @param reach of the square in each direction from its middle: its side is 2 reach + 1
   */
  static float[] of(float[] values, int height, int width, int reach) {
    float[] wide = widened(values, height, width, 2 * reach);
    float[] across = largestOfRows(wide, height, width + 4 * reach, reach);
    // Rows and columns are exchanged from here on.
    int columns = width + 2 * reach;
    float[] high = widened(across, columns, height, 2 * reach);
    float[] dilated = largestOfRows(high, columns, height + 4 * reach, reach);
    negate(dilated);
    float[] narrow = largestOfRows(dilated, height + 2 * reach, columns, reach);
    float[] closed = largestOfRows(narrow, width, height + 2 * reach, reach);
    negate(closed);
    return closed;
  }

  /** Rows that go on at both ends as they end. */
  private static float[] widened(float[] values, int rows, int columns, int by) {
    int wide = columns + 2 * by;
    float[] widened = new float[rows * wide];
    for (int row = 0; row < rows; row++) {
      int from = row * columns;
      int to = row * wide;
      Arrays.fill(widened, to, to + by, values[from]);
      System.arraycopy(values, from, widened, to + by, columns);
      Arrays.fill(widened, to + by + columns, to + wide, values[from + columns - 1]);
    }
    return widened;
  }

  private static void negate(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
  }

  /**
   * The largest value of each window of a row, with rows and columns exchanged: three comparisons a
   * value, whatever the window (M. van Herk, "A fast algorithm for local minimum and maximum
   * filters on rectangular and octagonal kernels", Pattern Recognition Letters 13(7), 1992).
   */
  private static float[] largestOfRows(float[] values, int rows, int columns, int reach) {
    int window = 2 * reach + 1;
    float[] largest = new float[rows * (columns - window + 1)];
    // The largest so far of each block as long as a window, from its left end and its right end.
    float[] fromLeft = new float[columns];
    float[] fromRight = new float[columns];
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      for (int first = 0; first < columns; first += window) {
        int last = Math.min(columns, first + window) - 1;
        fromLeft[first] = values[start + first];
        for (int column = first + 1; column <= last; column++) {
          fromLeft[column] = Math.max(fromLeft[column - 1], values[start + column]);
        }
        fromRight[last] = values[start + last];
        for (int column = last - 1; column >= first; column--) {
          fromRight[column] = Math.max(fromRight[column + 1], values[start + column]);
        }
      }
      for (int column = 0; column <= columns - window; column++) {
        largest[column * rows + row] = Math.max(fromRight[column], fromLeft[column + window - 1]);
      }
    }
    return largest;
  }
}
