package io.mnist4j.data.npy;

import java.util.Arrays;

/**
 * Makes labels of numbers that come one after the other: each a label, or rows of zeros with a one
 * in the label's column.
 */
final class NpyLabels {
  private static final int NONE = -1;

  private final int[] labels;
  private final int columns;
  private final boolean fortranOrder;
  private int end;

  /**
   * @param rows the number of labels
   * @param columns numbers for each: 1 of labels themselves, the number of classes of one-hot rows
   * @param fortranOrder whether all rows of the first column come first
   */
  NpyLabels(int rows, int columns, boolean fortranOrder) {
    labels = new int[rows];
    Arrays.fill(labels, NONE);
    this.columns = columns;
    this.fortranOrder = fortranOrder;
  }

  /**
   * Appends some values.
   *
   * @return how many: fewer than {@code count} where one cannot be
   */
  int append(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      double value = values[i];
      if (columns == 1) {
        // NaN is in no range.
        if (!(value >= 0 && value <= Integer.MAX_VALUE) || value != Math.rint(value)) {
          return i;
        }
        labels[end] = (int) value;
      } else if (value == 1) {
        int row = fortranOrder ? end % labels.length : end / columns;
        if (labels[row] != NONE) {
          return i;
        }
        labels[row] = fortranOrder ? end / labels.length : end % columns;
      } else if (value != 0) {
        return i;
      }
      end++;
    }
    return count;
  }

  /** The first row without a label, or -1. */
  int missing() {
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] == NONE) {
        return row;
      }
    }
    return -1;
  }

  /** {@code [n]}, not a copy. */
  int[] labels() {
    return labels;
  }
}
