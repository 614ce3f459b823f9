package io.mnist4j.digits;

/**
 * Means over square windows, cut off at the picture's edges, in a time that does not depend on
 * their size: by summed-area tables (F. Crow, "Summed-area tables for texture mapping", SIGGRAPH
 * 1984).
 */
final class WindowMeans {
  private final int height;
  private final int width;
  private final double[] sums;

  /**
   * @param values {@code [height, width]} row by row
   */
  WindowMeans(float[] values, int height, int width) {
    this.height = height;
    this.width = width;
    sums = new double[(height + 1) * (width + 1)];
    for (int row = 0; row < height; row++) {
      double line = 0;
      for (int column = 0; column < width; column++) {
        line += values[row * width + column];
        int below = (row + 1) * (width + 1) + column + 1;
        sums[below] = sums[below - width - 1] + line;
      }
    }
  }

  /** Mean of the window that reaches so many pixels in each direction from a pixel. */
  double at(int row, int column, int reach) {
    int top = Math.max(0, row - reach);
    int bottom = Math.min(height, row + reach + 1);
    int left = Math.max(0, column - reach);
    int right = Math.min(width, column + reach + 1);
    double sum = at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left);
    return sum / ((bottom - top) * (right - left));
  }

  private double at(int row, int column) {
    return sums[row * (width + 1) + column];
  }
}
