package io.mnist4j.data.tabular;

import java.util.BitSet;

/** What stands in a column, as far as it has been seen. */
final class ColumnContent {
  private static final int MAX_PIXEL = 255;

  /** A column of pixels that are often not 0 has values above this among some hundred. */
  private static final int MAX_CLASS = 100;

  private final BitSet values = new BitSet();
  private boolean text;
  private boolean fraction;
  private boolean large;

  /**
   * Takes a cell into account.
   *
   * @param value as a number; NaN if it is none
   */
  void add(double value) {
    if (Double.isNaN(value)) {
      text = true;
    } else if (value < 0 || value != Math.rint(value)) {
      fraction = true;
    } else if (value > MAX_PIXEL) {
      large = true;
    } else {
      values.set((int) value);
    }
  }

  /** Whether it cannot be pixels. */
  boolean isSurelyLabel() {
    return text || large;
  }

  /** Whether it cannot be labels. */
  boolean isSurelyPixel() {
    return fraction && !text;
  }

  int distinct() {
    return values.cardinality();
  }

  /** Whether it looks like labels: several small whole numbers that leave out but few. */
  boolean looksLikeLabels() {
    int most = values.length() - 1;
    return !fraction && distinct() > 1 && most < MAX_CLASS && most < 4 * distinct();
  }
}
