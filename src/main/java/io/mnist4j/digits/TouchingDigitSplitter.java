package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cuts digits apart that touch. Cuts are tried at many columns, a recogniser says how much like a
 * digit each part is, and the best way through all columns wins (R. Casey, E. Lecolinet, "A survey
 * of methods and strategies in character segmentation", IEEE Transactions on Pattern Analysis and
 * Machine Intelligence 18(7), 1996: recognition-based segmentation).
 */
final class TouchingDigitSplitter {
  /** Wider than this part of the strip's height: perhaps more than one digit. */
  private static final double WIDE = 1;

  /** The widest and the narrowest digits, as parts of the strip's height. */
  private static final double WIDEST = 1.3;

  private static final double NARROWEST = 0.25;

  /** Broader than this, one digit is unlikely, and more so the broader it is, as a logarithm. */
  private static final double BROAD = 1.05;

  private static final double PER_BREADTH = 1;

  /** Cuts are tried at every such part of the strip's height. */
  private static final double STEP = 1.0 / 16;

  /** What it costs to cut through ink as long as the strip is high, as a logarithm. */
  private static final double CUT = 0.1;

  /** No confidence counts as less. */
  private static final double SMALLEST = 1e-6;

  private final InkImage image;
  private final MnistNormalizer normalizer;
  private final Function<List<GreyImage>, List<Float>> confidence;

  TouchingDigitSplitter(
      InkImage image,
      MnistNormalizer normalizer,
      Function<List<GreyImage>, List<Float>> confidence) {
    this.image = image;
    this.normalizer = normalizer;
    this.confidence = confidence;
  }

  /** The digits, those that are wide cut apart where that makes better digits of them. */
  List<ConnectedComponent> cut(List<ConnectedComponent> digits) {
    int[] heights = digits.stream().mapToInt(ConnectedComponent::height).sorted().toArray();
    List<ConnectedComponent> cut = new ArrayList<>();
    for (ConnectedComponent digit : digits) {
      int height = heights[heights.length / 2];
      cut.addAll(digit.width() > WIDE * height ? cut(digit, height) : List.of(digit));
    }
    return cut;
  }

  /** What lies between two of the columns where cuts are tried. */
  private record Part(int from, int to, ConnectedComponent component) {}

  private List<ConnectedComponent> cut(ConnectedComponent digits, int height) {
    int columns = Math.max(2, (int) Math.round(digits.width() / (STEP * height)));
    int[] edges = new int[columns + 1];
    for (int i = 0; i <= columns; i++) {
      edges[i] = digits.left() + i * digits.width() / columns;
    }
    List<Part> parts = parts(digits, edges, height);
    List<Float> confidences =
        confidence.apply(parts.stream().map(part -> normalizer.of(part.component, image)).toList());
    // The most that the parts up to a column can reach, and the last of those parts.
    double[] best = new double[columns + 1];
    Part[] last = new Part[columns + 1];
    Arrays.fill(best, 1, best.length, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      double width = (double) (edges[part.to] - edges[part.from]) / height;
      double gain =
          width * Math.log(Math.max(SMALLEST, confidences.get(i)))
              - PER_BREADTH * Math.max(0, width - BROAD);
      double cost = part.to == columns ? 0 : CUT * ink(digits, edges[part.to]) / height;
      if (best[part.from] + gain - cost > best[part.to]) {
        best[part.to] = best[part.from] + gain - cost;
        last[part.to] = part;
      }
    }
    List<ConnectedComponent> cut = new ArrayList<>();
    for (Part part = last[columns]; part != null; part = last[part.from]) {
      cut.add(0, part.component);
    }
    return cut.isEmpty() ? List.of(digits) : cut;
  }

  /** All that might be a digit, those that end further left first. */
  private List<Part> parts(ConnectedComponent digits, int[] edges, int height) {
    List<Part> parts = new ArrayList<>();
    for (int end = 1; end < edges.length; end++) {
      for (int start = 0; start < end; start++) {
        int from = start;
        int to = end;
        double width = (double) (edges[to] - edges[from]) / height;
        if (width >= NARROWEST && width <= WIDEST) {
          between(digits, edges[from], edges[to])
              .ifPresent(component -> parts.add(new Part(from, to, component)));
        }
      }
    }
    return parts;
  }

  /** How many pixels of ink a column has. */
  private double ink(ConnectedComponent digits, int column) {
    double ink = 0;
    for (int[] piece : digits.pixels()) {
      for (int pixel : piece) {
        ink += pixel % image.width == column ? image.ink[pixel] : 0;
      }
    }
    return ink;
  }

  private Optional<ConnectedComponent> between(ConnectedComponent component, int left, int right) {
    int top = Integer.MAX_VALUE;
    int bottom = 0;
    int first = Integer.MAX_VALUE;
    int last = 0;
    List<int[]> pixels = new ArrayList<>();
    for (int[] piece : component.pixels()) {
      int[] part =
          Arrays.stream(piece)
              .filter(p -> p % image.width >= left && p % image.width < right)
              .toArray();
      for (int pixel : part) {
        top = Math.min(top, pixel / image.width);
        bottom = Math.max(bottom, pixel / image.width + 1);
        first = Math.min(first, pixel % image.width);
        last = Math.max(last, pixel % image.width + 1);
      }
      pixels.add(part);
    }
    return bottom == 0
        ? Optional.empty()
        : Optional.of(new ConnectedComponent(top, first, bottom, last, pixels));
  }
}
