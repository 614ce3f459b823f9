package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.util.Arrays;

/**
 * The line that a pen went along to write an MNIST image, so that pens of any width can go along it
 * at any size: the image enlarged and thinned to one pixel (T. Zhang, C. Suen, "A fast parallel
 * algorithm for thinning digital patterns", Communications of the ACM 27(3), 1984).
 */
final class PageStrokes {
  final int height;
  final int width;
  private final float[] distance;

  /**
   * Finds the line.
   *
   * @param height of the ink's line on the page, in pixels
   * @param pen the widest pen that is asked for
   */
  PageStrokes(GreyImage digit, int height, double pen) {
    int border = (int) Math.ceil(pen / 2) + 2;
    int[] box = inkBox(digit);
    double scale = (double) (box[2] - box[0]) / height;
    this.height = height + 2 * border;
    width = (int) Math.ceil((box[3] - box[1]) / scale) + 2 * border;
    boolean[] line = new boolean[this.height * width];
    for (int i = 0; i < line.length; i++) {
      int row = i / width;
      int column = i % width;
      double y = box[0] + (row + 0.5 - border) * scale - 0.5;
      double x = box[1] + (column + 0.5 - border) * scale - 0.5;
      line[i] = smooth(digit, y, x) > 110;
    }
    thin(line);
    distance = new float[line.length];
    Arrays.fill(distance, Float.MAX_VALUE);
    for (int i = 0; i < line.length; i++) {
      if (line[i]) {
        spread(i / width, i % width, border);
      }
    }
  }

  private void spread(int row, int column, int reach) {
    for (int r = Math.max(0, row - reach); r < Math.min(height, row + reach + 1); r++) {
      for (int c = Math.max(0, column - reach); c < Math.min(width, column + reach + 1); c++) {
        int at = r * width + c;
        distance[at] = Math.min(distance[at], (float) Math.hypot(r - row, c - column));
      }
    }
  }

  /** How much of a pixel a pen of some width covers, 0 to 1. */
  double coverage(int row, int column, double pen) {
    return Math.min(1, Math.max(0, pen / 2 - distance[row * width + column] + 0.5));
  }

  private static int[] inkBox(GreyImage digit) {
    int[] box = {digit.height(), digit.width(), 0, 0};
    for (int row = 0; row < digit.height(); row++) {
      for (int column = 0; column < digit.width(); column++) {
        if (digit.at(row, column) > 110) {
          box[0] = Math.min(box[0], row);
          box[1] = Math.min(box[1], column);
          box[2] = Math.max(box[2], row + 1);
          box[3] = Math.max(box[3], column + 1);
        }
      }
    }
    return box;
  }

  /** A Gaussian of 0.7 pixels around a place between pixels. */
  private static double smooth(GreyImage digit, double y, double x) {
    double sum = 0;
    double weights = 0;
    for (int row = (int) Math.floor(y) - 1; row <= y + 2; row++) {
      for (int column = (int) Math.floor(x) - 1; column <= x + 2; column++) {
        double squares = (row - y) * (row - y) + (column - x) * (column - x);
        double weight = Math.exp(-squares);
        boolean inside = row >= 0 && column >= 0 && row < digit.height() && column < digit.width();
        sum += inside ? weight * digit.at(row, column) : 0;
        weights += weight;
      }
    }
    return sum / weights;
  }

  private void thin(boolean[] line) {
    boolean changed = true;
    while (changed) {
      changed = thin(line, true);
      changed |= thin(line, false);
    }
  }

  private boolean thin(boolean[] line, boolean first) {
    int[] taken = new int[line.length];
    int count = 0;
    for (int row = 1; row < height - 1; row++) {
      for (int column = 1; column < width - 1; column++) {
        int at = row * width + column;
        if (line[at] && goes(line, at, first)) {
          taken[count++] = at;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      line[taken[i]] = false;
    }
    return count > 0;
  }

  private boolean goes(boolean[] line, int at, boolean first) {
    int[] around = {-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1};
    int set = 0;
    int changes = 0;
    for (int i = 0; i < 8; i++) {
      boolean here = line[at + around[i]];
      set += here ? 1 : 0;
      changes += !here && line[at + around[(i + 1) % 8]] ? 1 : 0;
    }
    boolean north = line[at - width];
    boolean east = line[at + 1];
    boolean south = line[at + width];
    boolean west = line[at - 1];
    boolean open =
        first
            ? !(north && east && south) && !(east && south && west)
            : !(north && east && west) && !(north && south && west);
    return set >= 2 && set <= 6 && changes == 1 && open;
  }
}
