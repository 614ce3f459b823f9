package io.mnist4j.digits;

import io.mnist4j.data.pictures.Cancellation;
import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a line of ink as digits that may touch: it is cut at many {@linkplain InkSeams seams}, a
 * recogniser says of what lies between any two of them how surely it is one whole digit, and the
 * best way through all of the ink wins (R. Casey, E. Lecolinet, "A survey of methods and strategies
 * in character segmentation", IEEE Transactions on Pattern Analysis and Machine Intelligence 18(7),
 * 1996: recognition-based segmentation).
 */
final class TouchingDigitSplitter {
  /** Wider than this part of the line's height: perhaps more than one digit. */
  private static final double WIDE = 0.5;

  /** Neighbours that are as close as this part of the line's height are read together. */
  private static final double CLOSE = 0.06;

  /** The widest, the narrowest and the lowest digits, as parts of the line's height. */
  private static final double WIDEST = 1.3;

  private static final double NARROWEST = 0.1;
  private static final double LOWEST = 0.5;

  /** Broader than this, one digit is unlikely, and more so the broader it is, as a logarithm. */
  private static final double BROAD = 1.05;

  private static final double PER_BREADTH = 1;

  /** Cuts are tried at every such part of the line's height ... */
  private static final double STEP = 1.0 / 16;

  /** ... but at no more places of a picture than these, or so: each makes up to 20 parts. */
  private static final int MAX_CUTS = 600;

  /** What it costs to cut through ink as long as the line is high, as a logarithm. */
  private static final double CUT = 0.1;

  /** How unlikely one more digit is in itself, as a logarithm. */
  private static final double DIGIT = 1;

  /** Two digits that overlap share what lies between so many seams at most. */
  private static final int SHARED_SECTIONS = 2;

  /** What it costs that they do, and that they share all ink of the smaller one, as a logarithm. */
  private static final double SHARE = 1;

  private static final double SHARE_ALL = 8;

  /** No probability counts as less, nor as more than 1 less this. */
  private static final double SMALLEST = 1e-3;

  private final InkImage image;
  private final MnistNormalizer normalizer;
  private final Function<List<GreyImage>, List<Float>> wholeDigit;

  /**
   * @param wholeDigit for each image, in their order, the probability that it shows one whole digit
   *     and nothing else, 0 to 1
   */
  TouchingDigitSplitter(
      InkImage image,
      MnistNormalizer normalizer,
      Function<List<GreyImage>, List<Float>> wholeDigit) {
    this.image = image;
    this.normalizer = normalizer;
    this.wholeDigit = wholeDigit;
  }

  /**
   * The digits, those that are wide cut apart, and those that are close to each other joined, where
   * that makes better digits of them.
   *
   * @param digits in reading order
   */
  List<ConnectedComponent> cut(List<ConnectedComponent> digits) {
    int[] heights = digits.stream().mapToInt(ConnectedComponent::height).sorted().toArray();
    int height = digits.isEmpty() ? 0 : heights[heights.length / 2];
    List<ConnectedComponent> groups = closeTogether(digits, height);
    int wide =
        groups.stream()
            .mapToInt(ConnectedComponent::width)
            .filter(width -> width > WIDE * height)
            .sum();
    double step = Math.max(1, Math.max(STEP * height, (double) wide / MAX_CUTS));
    List<ConnectedComponent> cut = new ArrayList<>();
    for (ConnectedComponent group : groups) {
      cut.addAll(group.width() > WIDE * height ? cut(group, height, step) : List.of(group));
    }
    return cut;
  }

  private static List<ConnectedComponent> closeTogether(
      List<ConnectedComponent> digits, int height) {
    List<ConnectedComponent> groups = new ArrayList<>();
    for (ConnectedComponent digit : digits) {
      int last = groups.size() - 1;
      if (last >= 0 && areClose(groups.get(last), digit, height)) {
        groups.set(last, groups.get(last).with(digit));
      } else {
        groups.add(digit);
      }
    }
    return groups;
  }

  private static boolean areClose(ConnectedComponent left, ConnectedComponent right, int height) {
    return left.rowsShared(right) >= LOWEST * Math.min(left.height(), right.height())
        && -left.columnsShared(right) <= CLOSE * height;
  }

  /** What lies between two seams. */
  private record Section(int from, int to) {}

  private List<ConnectedComponent> cut(ConnectedComponent digits, int height, double step) {
    InkSeams seams = new InkSeams(digits, image, height, step);
    List<Section> parts = new ArrayList<>();
    List<GreyImage> images = new ArrayList<>();
    for (Section part : parts(seams, height)) {
      Cancellation.check();
      // The pixels of all parts together would take hundreds of times the memory of the digits.
      seams
          .between(part.from, part.to)
          .filter(component -> component.height() >= LOWEST * height)
          .ifPresent(
              component -> {
                parts.add(part);
                images.add(normalizer.of(component, image));
              });
    }
    BestWay way = new BestWay(seams, height);
    List<Float> probabilities = wholeDigit.apply(images);
    for (int i = 0; i < parts.size(); i++) {
      way.extend(parts.get(i), probabilities.get(i));
    }
    List<ConnectedComponent> cut = new ArrayList<>();
    for (Section part : way.parts()) {
      seams.between(part.from, part.to).ifPresent(cut::add);
    }
    return cut.isEmpty() ? List.of(digits) : cut;
  }

  /** All that might be a digit, those that end further left first. */
  private static List<Section> parts(InkSeams seams, int height) {
    List<Section> parts = new ArrayList<>();
    for (int to = 1; to <= seams.last(); to++) {
      for (int from = to - 1; from >= 0 && seams.width(from, to) <= WIDEST * height; from--) {
        if (seams.width(from, to) >= NARROWEST * height) {
          parts.add(new Section(from, to));
        }
      }
    }
    return parts;
  }

  /** The best way through all ink from its left end to each seam: the Viterbi algorithm. */
  private static final class BestWay {
    private final InkSeams seams;
    private final int height;

    /** The most that the parts up to a seam can reach, the last of them, and the one before. */
    private final double[] best;

    private final Section[] last;
    private final Section[] before;

    BestWay(InkSeams seams, int height) {
      this.seams = seams;
      this.height = height;
      best = new double[seams.last() + 1];
      last = new Section[best.length];
      before = new Section[best.length];
      Arrays.fill(best, 1, best.length, Double.NEGATIVE_INFINITY);
    }

    /**
     * Goes on with a part.
     *
     * @param part that ends no further left than any before
     */
    void extend(Section part, double probability) {
      double likely = Math.min(1 - SMALLEST, Math.max(SMALLEST, probability));
      double width = (double) seams.width(part.from, part.to) / height;
      double gain =
          Math.log(likely / (1 - likely))
              - DIGIT
              - PER_BREADTH * Math.max(0, width - BROAD)
              - CUT * seams.inkAcross(part.to);
      for (int end = part.from; end <= Math.min(part.from + SHARED_SECTIONS, part.to - 1); end++) {
        double reached = best[end] + gain;
        if (end > part.from) {
          if (last[end] == null || last[end].from >= part.from) {
            continue;
          }
          reached -= SHARE + SHARE_ALL * shared(last[end], part);
        }
        if (reached > best[part.to]) {
          best[part.to] = reached;
          last[part.to] = part;
          before[part.to] = last[end];
        }
      }
    }

    /** How much of the smaller one's ink is the other's, too, 0 to 1. */
    private double shared(Section left, Section right) {
      double smaller =
          Math.min(seams.pixels(left.from, left.to), seams.pixels(right.from, right.to));
      return seams.pixels(right.from, left.to) / Math.max(1, smaller);
    }

    /** The parts of the best way, from left to right; none if there is no way. */
    List<Section> parts() {
      List<Section> way = new ArrayList<>();
      for (Section part = last[best.length - 1]; part != null; part = before[part.to]) {
        way.add(0, part);
      }
      return way;
    }
  }
}
