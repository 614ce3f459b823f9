package io.mnist4j.issues;

import io.mnist4j.data.ImageSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images whose pixels are unlike those of the others: of one value, with light and dark exchanged,
 * or in another range. The others must agree among themselves, or nothing is said.
 */
final class PixelChecks {
  private static final int WHITE = 255;

  /** An edge that is so dark, or so light, tells what is paper. */
  private static final double QUARTER = WHITE / 4.0;

  /** The share of the images that must have paper of one kind. */
  private static final double AGREEMENT = 0.95;

  /** A range of values that is so much smaller than the usual one is odd. */
  private static final int MUCH_SMALLER = 8;

  private final ImageSet images;
  private final int[] lowest;
  private final int[] highest;
  private final double[] edges;
  private final boolean darkEdges;
  private final boolean lightEdges;
  private final int usualRange;

  PixelChecks(ImageSet images) {
    this.images = images;
    lowest = new int[images.size()];
    highest = new int[images.size()];
    edges = new double[images.size()];
    for (int image = 0; image < images.size(); image++) {
      measure(image);
    }
    double needed = AGREEMENT * images.size();
    darkEdges = Arrays.stream(edges).filter(edge -> edge < QUARTER).count() >= needed;
    lightEdges = Arrays.stream(edges).filter(edge -> edge > WHITE - QUARTER).count() >= needed;
    int[] ranges = IntStream.range(0, images.size()).map(this::range).sorted().toArray();
    usualRange = ranges.length == 0 ? 0 : ranges[ranges.length / 2];
  }

  private void measure(int image) {
    int width = images.width();
    int height = images.height();
    int low = WHITE;
    int high = 0;
    long edge = 0;
    int edgePixels = 0;
    for (int i = 0; i < width * height; i++) {
      int value = images.pixels()[image * width * height + i] & 0xff;
      low = Math.min(low, value);
      high = Math.max(high, value);
      int x = i % width;
      int y = i / width;
      if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
        edge += value;
        edgePixels++;
      }
    }
    lowest[image] = low;
    highest[image] = high;
    edges[image] = (double) edge / edgePixels;
  }

  private int range(int image) {
    return highest[image] - lowest[image];
  }

  /** Whether all pixels have the same value. */
  boolean isConstant(int image) {
    return range(image) == 0;
  }

  /** What is odd about an image. */
  Optional<IssueKind> kind(int image) {
    if (isConstant(image)) {
      return Optional.of(highest[image] == 0 ? IssueKind.BLANK : IssueKind.CONSTANT);
    }
    if (range(image) * MUCH_SMALLER < usualRange) {
      return Optional.of(IssueKind.PIXEL_RANGE);
    }
    boolean inverted =
        (darkEdges && edges[image] > WHITE - QUARTER) || (lightEdges && edges[image] < QUARTER);
    return inverted ? Optional.of(IssueKind.INVERTED) : Optional.empty();
  }

  /** What was found, in a few words. */
  String detail(int image) {
    return isConstant(image)
        ? "all pixels are " + highest[image]
        : kind(image).orElse(null) == IssueKind.INVERTED
            ? "the mean of its edge is %.0f".formatted(edges[image])
            : "values %d to %d; half of the images have a range of %d or more"
                .formatted(lowest[image], highest[image], usualRange);
  }

  /** 0 to 1, lower for what is odder. */
  double score(int image) {
    return switch (kind(image).orElseThrow()) {
      case INVERTED -> darkEdges ? 1 - edges[image] / WHITE : edges[image] / WHITE;
      case PIXEL_RANGE -> (double) range(image) / Math.max(1, usualRange);
      default -> 0;
    };
  }
}
