package io.mnist4j.digits;

import io.mnist4j.data.pictures.Cancellation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells which pieces of ink are a digit, which belong together, and which are only dirt. */
final class Layout {
  /** Smaller than this part of the largest piece, in pixels: a speck. */
  private static final double SPECK = 0.03;

  /** Lower than this part of the highest digit: a full stop, a dash, dirt. */
  private static final double LOW = 0.4;

  /** Pieces one above the other with a gap of at most this part of their height are one digit. */
  private static final double GAP_BELOW = 0.3;

  /** The same for pieces side by side if one is lower than PART of the other ... */
  private static final double GAP_BESIDE = 0.08;

  private static final double PART = 0.6;

  /** ... and if it is not: whole digits may stand close to each other. */
  private static final double CRACK = 0.03;

  /** A digit is no wider than this part of its height. */
  private static final double WIDTH_OF_ONE = 0.9;

  private Layout() {}

  /** The digits, from left to right, row by row. */
  static List<ConnectedComponent> digits(InkImage image) {
    List<ConnectedComponent> pieces = withoutDirt(ConnectedComponents.of(image), image);
    List<ConnectedComponent> digits = joined(pieces);
    int highest = digits.stream().mapToInt(ConnectedComponent::height).max().orElse(0);
    digits.removeIf(digit -> digit.height() < LOW * highest);
    return inReadingOrder(digits);
  }

  private static List<ConnectedComponent> withoutDirt(
      List<ConnectedComponent> components, InkImage image) {
    List<ConnectedComponent> pieces = new ArrayList<>(components);
    // Two pixels across at least: with less, not even a person could tell.
    int least = Math.max(4, image.ink.length / 20_000);
    pieces.removeIf(piece -> piece.area() < least);
    Frames.remove(pieces, image);
    pieces.removeIf(piece -> piece.area() < least);
    Frames.removeWalls(pieces, SPECK * largestArea(pieces));
    if (image.uneven) {
      // What a photo cuts off at its edge is the table, a shadow, a finger.
      List<ConnectedComponent> inside = new ArrayList<>(pieces);
      inside.removeIf(piece -> touchesEdge(piece, image));
      if (largestArea(inside) >= 8 * least) {
        pieces.retainAll(inside);
      }
    }
    int largest = largestArea(pieces);
    pieces.removeIf(piece -> piece.area() < SPECK * largest);
    return pieces;
  }

  private static int largestArea(List<ConnectedComponent> pieces) {
    return pieces.stream().mapToInt(ConnectedComponent::area).max().orElse(0);
  }

  private static boolean touchesEdge(ConnectedComponent piece, InkImage image) {
    return piece.top() == 0
        || piece.left() == 0
        || piece.bottom() == image.height
        || piece.right() == image.width;
  }

  /** Joins the pieces of digits that have several: a 5 with its flag apart, a 0 that is open. */
  private static List<ConnectedComponent> joined(List<ConnectedComponent> pieces) {
    List<ConnectedComponent> digits = new ArrayList<>(pieces);
    for (int i = 0; i < digits.size(); ) {
      Cancellation.check();
      int other = 0;
      while (other < digits.size()
          && (other == i || !belongTogether(digits.get(i), digits.get(other)))) {
        other++;
      }
      if (other == digits.size()) {
        i++;
      } else {
        // Those before it may belong to what has become larger.
        int first = Math.min(i, other);
        digits.set(first, digits.get(first).with(digits.remove(Math.max(i, other))));
        i = first;
      }
    }
    return digits;
  }

  private static boolean belongTogether(ConnectedComponent a, ConnectedComponent b) {
    int height = Math.max(a.height(), b.height());
    int columns = a.columnsShared(b);
    int rows = a.rowsShared(b);
    // Whole digits are higher than they are wide.
    boolean part = Math.min(a.height(), b.height()) < PART * height || (isFlat(a) && isFlat(b));
    if (columns >= 0.5 * Math.min(a.width(), b.width())) {
      // Two whole digits may also stand one above the other.
      return -rows <= GAP_BELOW * height && (part || rows > 0);
    }
    int together = Math.max(a.right(), b.right()) - Math.min(a.left(), b.left());
    return rows > 0
        && -columns <= (part ? GAP_BESIDE : CRACK) * height
        && together <= WIDTH_OF_ONE * height;
  }

  private static boolean isFlat(ConnectedComponent piece) {
    return piece.width() > piece.height();
  }

  private static List<ConnectedComponent> inReadingOrder(List<ConnectedComponent> digits) {
    List<ConnectedComponent> waiting = new ArrayList<>(digits);
    waiting.sort(Comparator.comparingInt(ConnectedComponent::top));
    List<ConnectedComponent> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      ConnectedComponent first = waiting.get(0);
      List<ConnectedComponent> row = new ArrayList<>(waiting);
      row.removeIf(
          digit -> first.rowsShared(digit) <= 0.3 * Math.min(first.height(), digit.height()));
      waiting.removeAll(row);
      row.sort(Comparator.comparingInt(ConnectedComponent::left));
      ordered.addAll(row);
    }
    return ordered;
  }
}
