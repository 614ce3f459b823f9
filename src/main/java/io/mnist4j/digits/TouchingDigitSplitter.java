package io.mnist4j.digits;

import io.mnist4j.data.pictures.Cancellation;
import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Cuts digits apart that touch. Cuts are tried at many columns, a recogniser says how much like a
 * digit each part is, and the best way through all columns wins (R. Casey, E. Lecolinet, "A survey
 * of methods and strategies in character segmentation", IEEE Transactions on Pattern Analysis and
 * Machine Intelligence 18(7), 1996: recognition-based segmentation).
 */
final class TouchingDigitSplitter {
  /** Wider than this part of the strip's height: perhaps more than one digit. */
  private static final double WIDE = 1;

  /** The widest, the narrowest and the lowest digits, as parts of the strip's height. */
  private static final double WIDEST = 1.3;

  private static final double NARROWEST = 0.25;
  private static final double LOWEST = 0.5;

  /** Broader than this, one digit is unlikely, and more so the broader it is, as a logarithm. */
  private static final double BROAD = 1.05;

  private static final double PER_BREADTH = 1;

  /** Cuts are tried at every such part of the strip's height ... */
  private static final double STEP = 1.0 / 16;

  /** ... but at no more columns of a picture than these, or so: each makes up to 20 parts. */
  private static final int MAX_CUTS = 600;

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
    int height = digits.isEmpty() ? 0 : heights[heights.length / 2];
    int wide =
        digits.stream()
            .mapToInt(ConnectedComponent::width)
            .filter(width -> width > WIDE * height)
            .sum();
    double step = Math.max(1, Math.max(STEP * height, (double) wide / MAX_CUTS));
    List<ConnectedComponent> cut = new ArrayList<>();
    for (ConnectedComponent digit : digits) {
      cut.addAll(digit.width() > WIDE * height ? cut(digit, height, step) : List.of(digit));
    }
    return cut;
  }

  /** What lies between two of the columns where cuts are tried. */
  private record Section(int from, int to) {}

  private List<ConnectedComponent> cut(ConnectedComponent digits, int height, double step) {
    int[] edges = edges(digits, step);
    PixelColumns pixels = new PixelColumns(digits, image);
    List<Section> parts = new ArrayList<>();
    List<GreyImage> images = new ArrayList<>();
    for (Section part : parts(edges, height)) {
      Cancellation.check();
      // The pixels of all parts together would take hundreds of times the memory of the digits.
      pixels
          .between(edges[part.from], edges[part.to])
          .filter(component -> component.height() >= LOWEST * height)
          .ifPresent(
              component -> {
                parts.add(part);
                images.add(normalizer.of(component, image));
              });
    }
    List<ConnectedComponent> cut = new ArrayList<>();
    for (Section part : best(parts, confidence.apply(images), edges, height, pixels)) {
      pixels.between(edges[part.from], edges[part.to]).ifPresent(cut::add);
    }
    return cut.isEmpty() ? List.of(digits) : cut;
  }

  /** The columns where cuts are tried, with the left and the right end. */
  private static int[] edges(ConnectedComponent digits, double step) {
    int count = Math.max(2, (int) Math.round(digits.width() / step));
    return IntStream.rangeClosed(0, count)
        .map(i -> digits.left() + i * digits.width() / count)
        .toArray();
  }

  /** All that might be a digit, those that end further left first. */
  private static List<Section> parts(int[] edges, int height) {
    List<Section> parts = new ArrayList<>();
    for (int to = 1; to < edges.length; to++) {
      for (int from = to - 1; from >= 0 && edges[to] - edges[from] <= WIDEST * height; from--) {
        if (edges[to] - edges[from] >= NARROWEST * height) {
          parts.add(new Section(from, to));
        }
      }
    }
    return parts;
  }

  /** The parts of the best way through all columns, from left to right. */
  private static List<Section> best(
      List<Section> parts, List<Float> confidences, int[] edges, int height, PixelColumns pixels) {
    // The most that the parts up to a column can reach, and the last of those parts.
    double[] best = new double[edges.length];
    Section[] last = new Section[edges.length];
    Arrays.fill(best, 1, best.length, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < parts.size(); i++) {
      Section part = parts.get(i);
      double width = (double) (edges[part.to] - edges[part.from]) / height;
      double gain =
          width * Math.log(Math.max(SMALLEST, confidences.get(i)))
              - PER_BREADTH * Math.max(0, width - BROAD);
      double cost = CUT * pixels.ink(edges[part.to]) / height;
      if (best[part.from] + gain - cost > best[part.to]) {
        best[part.to] = best[part.from] + gain - cost;
        last[part.to] = part;
      }
    }
    List<Section> way = new ArrayList<>();
    for (Section part = last[edges.length - 1]; part != null; part = last[part.from]) {
      way.add(0, part);
    }
    return way;
  }

  /** The pixels of a component, column by column. */
  private static final class PixelColumns {
    private final InkImage image;
    private final int left;
    private final int[] pixels;

    /** Where the pixels of each column begin; the last one is where they all end. */
    private final int[] starts;

    PixelColumns(ConnectedComponent component, InkImage image) {
      this.image = image;
      left = component.left();
      starts = new int[component.width() + 1];
      for (int[] piece : component.pixels()) {
        for (int pixel : piece) {
          starts[column(pixel) + 1]++;
        }
      }
      for (int i = 1; i < starts.length; i++) {
        starts[i] += starts[i - 1];
      }
      int[] next = starts.clone();
      pixels = new int[component.area()];
      for (int[] piece : component.pixels()) {
        for (int pixel : piece) {
          pixels[next[column(pixel)]++] = pixel;
        }
      }
    }

    private int column(int pixel) {
      return pixel % image.width - left;
    }

    /** How much ink a column has; none behind the last one. */
    double ink(int column) {
      int at = Math.min(column - left, starts.length - 2);
      double ink = 0;
      for (int i = starts[at]; column - left == at && i < starts[at + 1]; i++) {
        ink += image.ink[pixels[i]];
      }
      return ink;
    }

    /** The pixels from one column to before another; empty if there are none. */
    Optional<ConnectedComponent> between(int from, int to) {
      int[] part = Arrays.copyOfRange(pixels, starts[from - left], starts[to - left]);
      if (part.length == 0) {
        return Optional.empty();
      }
      IntSummaryStatistics rows = Arrays.stream(part).map(p -> p / image.width).summaryStatistics();
      int first = part[0] % image.width;
      int last = part[part.length - 1] % image.width;
      return Optional.of(
          new ConnectedComponent(rows.getMin(), first, rows.getMax() + 1, last + 1, List.of(part)));
    }
  }
}
