package io.mnist4j.data.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts digits apart that touch: in several ways, of which a recogniser likes one best (R. Casey, E.
 * Lecolinet, "A survey of methods and strategies in character segmentation", IEEE Transactions on
 * Pattern Analysis and Machine Intelligence 18(7), 1996: recognition-based segmentation).
 */
final class Touching {
  /** Wider than this part of the strip's height: perhaps more than one digit. */
  private static final double WIDE = 1.0;

  /** Wider than this: certainly. */
  private static final double TOO_WIDE = 1.5;

  /** How wide the widest and the narrowest digits in a row are, of the strip's height. */
  private static final double WIDEST = 1.1;

  private static final double NARROWEST = 0.45;

  private final InkPlane plane;
  private final MnistForm form;
  private final Confidence confidence;

  Touching(InkPlane plane, MnistForm form, Confidence confidence) {
    this.plane = plane;
    this.form = form;
    this.confidence = confidence;
  }

  /** The digits, those that are wide cut apart where that makes better digits of them. */
  List<Blob> cut(List<Blob> digits) {
    int[] heights = digits.stream().mapToInt(Blob::height).sorted().toArray();
    int height = heights.length == 0 ? 0 : heights[heights.length / 2];
    List<Blob> cut = new ArrayList<>();
    for (Blob digit : digits) {
      double wide = (double) digit.width() / height;
      cut.addAll(wide > WIDE ? best(digit, wide) : List.of(digit));
    }
    return cut;
  }

  private List<Blob> best(Blob digits, double wide) {
    int least = wide > TOO_WIDE ? 2 : 1;
    List<Blob> best = List.of(digits);
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int parts = Math.max(least, (int) Math.ceil(wide / WIDEST));
        parts <= Math.max(least, (int) (wide / NARROWEST));
        parts++) {
      List<Blob> candidate = cut(digits, parts);
      double score = score(candidate);
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best;
  }

  /** The mean of the logarithms: one part that is no digit spoils all. */
  private double score(List<Blob> digits) {
    double sum = 0;
    for (float certain : confidence.of(digits.stream().map(d -> form.of(d, plane)).toList())) {
      sum += Math.log(Math.max(1e-6, certain));
    }
    return sum / digits.size();
  }

  private List<Blob> cut(Blob digits, int parts) {
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
      between(digits, digits.left() + edges[i], digits.left() + edges[i + 1]).ifPresent(cut::add);
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

  private Optional<Blob> between(Blob blob, int left, int right) {
    int top = Integer.MAX_VALUE;
    int bottom = 0;
    int first = Integer.MAX_VALUE;
    int last = 0;
    List<int[]> pixels = new ArrayList<>();
    for (int[] piece : blob.pixels()) {
      int[] part =
          Arrays.stream(piece)
              .filter(p -> p % plane.width >= left && p % plane.width < right)
              .toArray();
      for (int pixel : part) {
        top = Math.min(top, pixel / plane.width);
        bottom = Math.max(bottom, pixel / plane.width + 1);
        first = Math.min(first, pixel % plane.width);
        last = Math.max(last, pixel % plane.width + 1);
      }
      pixels.add(part);
    }
    return bottom == 0 ? Optional.empty() : Optional.of(new Blob(top, first, bottom, last, pixels));
  }
}
