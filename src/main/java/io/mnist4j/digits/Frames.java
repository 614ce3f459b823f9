package io.mnist4j.digits;

import java.util.List;

/** Boxes of forms, frames and rings around digits, and single walls of them. */
final class Frames {
  /** What lies inside a frame is at least this part of its height. */
  private static final double INSIDE = 0.25;

  /** A frame holds ink on no more than this part of its area. */
  private static final double FILLED = 0.3;

  /** Its ink lies within this part of its extent from a side ... */
  private static final double NEAR = 0.2;

  /** ... along at least this part of that side. */
  private static final double ALONG = 0.6;

  /** A wall is so many times as long as it is thick, and as the digits are high. */
  private static final double SLENDER = 10;

  private static final double LONGER = 1.2;

  /** It leans by no more than this: rise over run. */
  private static final double LEANING = 0.2;

  private Frames() {}

  /** Takes out what lies around other pieces; what touched it from inside stays. */
  static void remove(List<ConnectedComponent> pieces, InkImage image) {
    List<ConnectedComponent> all = List.copyOf(pieces);
    for (ConnectedComponent piece : all) {
      if (isFrame(piece, all, image)) {
        pieces.remove(piece);
        pieces.addAll(without(piece, image));
      }
    }
  }

  /** What is left of a frame's ink when its straight walls are taken out. */
  private static List<ConnectedComponent> without(ConnectedComponent frame, InkImage image) {
    float[] ink = new float[image.ink.length];
    for (int[] part : frame.pixels()) {
      for (int pixel : part) {
        ink[pixel] = image.ink[pixel];
      }
    }
    return RuledLines.eraseBox(ink, image.height, image.width, 0.3) == 0
        ? List.of()
        : ConnectedComponents.of(new InkImage(image.height, image.width, ink, image.uneven));
  }

  /** Whether a piece lies around another one. */
  private static boolean isFrame(
      ConnectedComponent piece, List<ConnectedComponent> all, InkImage image) {
    long extent = (long) piece.height() * piece.width();
    return piece.area() < FILLED * extent
        && all.stream().anyMatch(other -> lies(other, piece, image))
        && sides(piece, image) >= 2;
  }

  private static boolean lies(ConnectedComponent inner, ConnectedComponent outer, InkImage image) {
    return !inner.equals(outer)
        && inner.height() >= INSIDE * outer.height()
        && (inner.top() > outer.top() || outer.top() == 0)
        && (inner.left() > outer.left() || outer.left() == 0)
        && (inner.bottom() < outer.bottom() || outer.bottom() == image.height)
        && (inner.right() < outer.right() || outer.right() == image.width);
  }

  /** How many of the four sides of its extent a piece has ink along. */
  private static int sides(ConnectedComponent piece, InkImage image) {
    boolean[] top = new boolean[piece.width()];
    boolean[] bottom = new boolean[piece.width()];
    boolean[] left = new boolean[piece.height()];
    boolean[] right = new boolean[piece.height()];
    for (int[] part : piece.pixels()) {
      for (int pixel : part) {
        int row = pixel / image.width - piece.top();
        int column = pixel % image.width - piece.left();
        top[column] |= row < NEAR * piece.height();
        bottom[column] |= row >= (1 - NEAR) * piece.height();
        left[row] |= column < NEAR * piece.width();
        right[row] |= column >= (1 - NEAR) * piece.width();
      }
    }
    int sides = 0;
    for (boolean[] side : new boolean[][] {top, bottom, left, right}) {
      int inked = 0;
      for (boolean there : side) {
        inked += there ? 1 : 0;
      }
      sides += inked >= ALONG * side.length ? 1 : 0;
    }
    return sides;
  }

  /**
   * Takes out straight lines, level or upright, that are longer than digits are high.
   *
   * @param speck what has a smaller area is no digit, and says nothing of their height
   */
  static void removeWalls(List<ConnectedComponent> pieces, double speck) {
    int[] heights =
        pieces.stream()
            .filter(piece -> piece.area() >= speck && !isSlender(piece))
            .mapToInt(ConnectedComponent::height)
            .sorted()
            .toArray();
    if (heights.length > 0) {
      double length = LONGER * heights[heights.length / 2];
      pieces.removeIf(
          piece -> isSlender(piece) && (piece.width() > piece.height() || piece.height() > length));
    }
  }

  private static boolean isSlender(ConnectedComponent piece) {
    int length = Math.max(piece.height(), piece.width());
    int breadth = Math.min(piece.height(), piece.width());
    double thickness = (double) piece.area() / length;
    return length > SLENDER * thickness && breadth <= LEANING * length + 2 * thickness;
  }
}
