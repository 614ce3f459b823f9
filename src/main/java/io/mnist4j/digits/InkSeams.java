package io.mnist4j.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ways from top to bottom through ink, side by side from its left end to its right end, each of
 * which crosses as little of it as possible near its column: where digits that touch may be cut
 * apart, also if they lean or reach over each other. Found by dynamic programming, as the seams of
 * S. Avidan, A. Shamir, "Seam carving for content-aware image resizing", ACM Transactions on
 * Graphics 26(3), 2007.
 */
final class InkSeams {
  /** Cells of the grid that seams are found on, for the height of a line of digits. */
  private static final int CELLS = 48;

  /** How far a seam strays from its column, as a part of the line's height. */
  private static final double REACH = 0.25;

  /** What it costs to stray, per row and line height; crossing a row of ink costs 1. */
  private static final double AWAY = 0.6;

  /** What a step to the side costs. */
  private static final double BEND = 0.05;

  private final InkImage image;
  private final ConnectedComponent ink;
  private final int lineHeight;
  private final int unit;
  private final int rows;
  private final int columns;
  private final float[] grid;

  /** For each seam, the first column of cells to the right of it, row by row. */
  private final int[][] seams;

  private final double[] crossed;

  /** The pixels between each seam and the next. */
  private final int[][] pixels;

  /**
   * @param lineHeight of the digits, in pixels
   * @param step pixels from seam to seam, at least 1
   */
  InkSeams(ConnectedComponent ink, InkImage image, int lineHeight, double step) {
    this.ink = ink;
    this.image = image;
    this.lineHeight = lineHeight;
    unit = Math.max(1, lineHeight / CELLS);
    rows = (ink.height() + unit - 1) / unit;
    columns = (ink.width() + unit - 1) / unit;
    grid = grid();
    int count = Math.max(2, (int) Math.round(ink.width() / step));
    seams = new int[count + 1][];
    crossed = new double[count + 1];
    seams[0] = new int[rows];
    for (int i = 1; i < count; i++) {
      seams[i] = seam((int) Math.round((double) i * columns / count));
      for (int row = 0; row < rows; row++) {
        seams[i][row] = Math.max(seams[i][row], seams[i - 1][row]);
      }
      crossed[i] = crossing(seams[i]);
    }
    seams[count] = IntStream.range(0, rows).map(row -> columns).toArray();
    pixels = sorted();
  }

  private float[] grid() {
    float[] sums = new float[rows * columns];
    for (int[] piece : ink.pixels()) {
      for (int pixel : piece) {
        int row = (pixel / image.width - ink.top()) / unit;
        int column = (pixel % image.width - ink.left()) / unit;
        sums[row * columns + column] += image.ink[pixel] / (unit * unit);
      }
    }
    return sums;
  }

  private float inkAt(int row, int column) {
    return column < 0 || column >= columns ? 0 : grid[row * columns + column];
  }

  /** The cheapest way near a column; it runs between the cells left of it and those right of it. */
  private int[] seam(int middle) {
    int reach = (int) Math.round(REACH * lineHeight / unit);
    int width = 2 * reach + 1;
    double[] cost = new double[width];
    int[][] from = new int[rows][width];
    for (int row = 0; row < rows; row++) {
      double[] next = new double[width];
      for (int i = 0; i < width; i++) {
        int best = i;
        for (int j = Math.max(0, i - 1); j <= Math.min(width - 1, i + 1); j++) {
          if (cost[j] + (j == i ? 0 : BEND) < cost[best] + (best == i ? 0 : BEND)) {
            best = j;
          }
        }
        from[row][i] = best;
        double away = AWAY * Math.abs(i - reach) * unit / lineHeight;
        next[i] = cost[best] + (best == i ? 0 : BEND) + away + across(row, middle + i - reach);
      }
      cost = next;
    }
    int[] seam = new int[rows];
    int at = argmin(cost);
    for (int row = rows - 1; row >= 0; row--) {
      seam[row] = Math.min(columns, Math.max(0, middle + at - reach));
      at = from[row][at];
    }
    return seam;
  }

  private static int argmin(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }

  /** The ink that a cut between two cells of a row parts. */
  private double across(int row, int column) {
    return Math.min(inkAt(row, column - 1), inkAt(row, column));
  }

  private double crossing(int[] seam) {
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      sum += across(row, seam[row]);
    }
    return sum * unit / lineHeight;
  }

  private int[][] sorted() {
    int[] between = new int[rows * columns];
    for (int row = 0; row < rows; row++) {
      int seam = 0;
      for (int column = 0; column < columns; column++) {
        while (seams[seam + 1][row] <= column) {
          seam++;
        }
        between[row * columns + column] = seam;
      }
    }
    int[] sizes = new int[seams.length - 1];
    for (int[] piece : ink.pixels()) {
      for (int pixel : piece) {
        sizes[between[cell(pixel)]]++;
      }
    }
    int[][] sorted = new int[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      sorted[i] = new int[sizes[i]];
    }
    for (int[] piece : ink.pixels()) {
      for (int pixel : piece) {
        int at = between[cell(pixel)];
        sorted[at][--sizes[at]] = pixel;
      }
    }
    return sorted;
  }

  private int cell(int pixel) {
    int row = (pixel / image.width - ink.top()) / unit;
    return row * columns + (pixel % image.width - ink.left()) / unit;
  }

  /** The last seam; the first is 0. The first runs left of all ink and the last right of it. */
  int last() {
    return seams.length - 1;
  }

  /** Columns between the places where two seams were sought. */
  int width(int from, int to) {
    return to * ink.width() / last() - from * ink.width() / last();
  }

  /** How much ink a seam crosses, in heights of a line. */
  double inkAcross(int seam) {
    return crossed[seam];
  }

  /** How many pixels of ink lie between two seams. */
  int pixels(int from, int to) {
    return IntStream.range(from, to).map(i -> pixels[i].length).sum();
  }

  /** The pixels between two seams; empty if there are none. */
  Optional<ConnectedComponent> between(int from, int to) {
    List<int[]> pieces = new ArrayList<>(Arrays.asList(pixels).subList(from, to));
    pieces.removeIf(piece -> piece.length == 0);
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    int top = Integer.MAX_VALUE;
    int left = Integer.MAX_VALUE;
    int bottom = 0;
    int right = 0;
    for (int[] piece : pieces) {
      for (int pixel : piece) {
        top = Math.min(top, pixel / image.width);
        left = Math.min(left, pixel % image.width);
        bottom = Math.max(bottom, pixel / image.width + 1);
        right = Math.max(right, pixel % image.width + 1);
      }
    }
    return Optional.of(new ConnectedComponent(top, left, bottom, right, pieces));
  }
}
