package io.mnist4j.digits;

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
    int rows = height + 4 * reach;
    int columns = width + 4 * reach;
    float[] padded = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      int from = width * Math.min(height - 1, Math.max(0, row - 2 * reach));
      for (int column = 0; column < columns; column++) {
        padded[row * columns + column] =
            values[from + Math.min(width - 1, Math.max(0, column - 2 * reach))];
      }
    }
    float[] dilated = largestOfSquares(padded, rows, columns, reach);
    negate(dilated);
    float[] closed = largestOfSquares(dilated, rows - 2 * reach, columns - 2 * reach, reach);
    negate(closed);
    return closed;
  }

  private static void negate(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
  }

  /** The largest value of each square that lies inside the image: fewer by 2 reach each way. */
  private static float[] largestOfSquares(float[] values, int rows, int columns, int reach) {
    int fewerColumns = columns - 2 * reach;
    int fewerRows = rows - 2 * reach;
    int[] queue = new int[Math.max(rows, columns)];
    float[] narrow = new float[rows * fewerColumns];
    for (int row = 0; row < rows; row++) {
      largest(values, row * columns, 1, columns, narrow, row * fewerColumns, 1, reach, queue);
    }
    float[] squares = new float[fewerRows * fewerColumns];
    for (int column = 0; column < fewerColumns; column++) {
      largest(narrow, column, fewerColumns, rows, squares, column, fewerColumns, reach, queue);
    }
    return squares;
  }

  /**
   * The largest value of each window of a line.
   *
   * @param queue room for the line's length: places of falling values, the first one's being the
   *     largest of the window
   */
  private static void largest(
      float[] from,
      int fromStart,
      int fromStep,
      int length,
      float[] to,
      int toStart,
      int toStep,
      int reach,
      int[] queue) {
    int window = 2 * reach + 1;
    int head = 0;
    int tail = 0;
    for (int i = 0; i < length; i++) {
      float value = from[fromStart + i * fromStep];
      while (tail > head && from[fromStart + queue[tail - 1] * fromStep] <= value) {
        tail--;
      }
      queue[tail++] = i;
      if (queue[head] <= i - window) {
        head++;
      }
      if (i >= window - 1) {
        to[toStart + (i - window + 1) * toStep] = from[fromStart + queue[head] * fromStep];
      }
    }
  }
}
