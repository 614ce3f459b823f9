package io.mnist4j.data.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts digits apart that touch. */
final class Touching {
  /** Wider than this part of the height: more than one digit. */
  private static final double WIDE = 1.25;

  /** How wide one of several digits is, as a part of the height. */
  private static final double USUAL_WIDTH = 0.72;

  private Touching() {}

  /** The digits, those that are too wide for one cut where the least ink lies in a column. */
  static List<Blob> cut(List<Blob> digits, InkPlane plane) {
    List<Blob> cut = new ArrayList<>();
    for (Blob digit : digits) {
      if (digit.width() <= WIDE * digit.height()) {
        cut.add(digit);
        continue;
      }
      int parts = Math.max(2, (int) Math.round(digit.width() / (USUAL_WIDTH * digit.height())));
      cut.addAll(cut(digit, parts, plane));
    }
    return cut;
  }

  private static List<Blob> cut(Blob digits, int parts, InkPlane plane) {
    double[] columns = new double[digits.width()];
    for (int[] piece : digits.pixels()) {
      for (int pixel : piece) {
        columns[pixel % plane.width - digits.left()] += plane.ink[pixel];
      }
    }
    int[] edges = new int[parts + 1];
    edges[parts] = columns.length;
    double step = (double) columns.length / parts;
    for (int i = 1; i < parts; i++) {
      edges[i] = thinnest(columns, i * step, step / 3);
    }
    List<Blob> cut = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      between(digits, digits.left() + edges[i], digits.left() + edges[i + 1], plane.width)
          .ifPresent(cut::add);
    }
    return cut;
  }

  /** The column with the least ink, and among equals the nearest to where it is expected. */
  private static int thinnest(double[] columns, double expected, double reach) {
    int best = (int) expected;
    double bestCost = Double.POSITIVE_INFINITY;
    for (int column = (int) (expected - reach); column <= expected + reach; column++) {
      if (column > 0 && column < columns.length) {
        double away = Math.abs(column - expected) / reach;
        double cost = columns[column] * (1 + away) + away;
        if (cost < bestCost) {
          bestCost = cost;
          best = column;
        }
      }
    }
    return best;
  }

  private static java.util.Optional<Blob> between(Blob blob, int left, int right, int width) {
    int top = Integer.MAX_VALUE;
    int bottom = 0;
    int first = Integer.MAX_VALUE;
    int last = 0;
    List<int[]> pixels = new ArrayList<>();
    for (int[] piece : blob.pixels()) {
      int[] part =
          Arrays.stream(piece).filter(p -> p % width >= left && p % width < right).toArray();
      for (int pixel : part) {
        top = Math.min(top, pixel / width);
        bottom = Math.max(bottom, pixel / width + 1);
        first = Math.min(first, pixel % width);
        last = Math.max(last, pixel % width + 1);
      }
      pixels.add(part);
    }
    return bottom == 0
        ? java.util.Optional.empty()
        : java.util.Optional.of(new Blob(top, first, bottom, last, pixels));
  }
}
