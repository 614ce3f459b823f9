package io.mnist4j.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * Ink that hangs together, or several pieces of it.
 *
 * @param top first row
 * @param left first column
 * @param bottom the row behind the last
 * @param right the column behind the last
 * @param pixels indices into the image
 */
record ConnectedComponent(int top, int left, int bottom, int right, List<int[]> pixels) {
  int height() {
    return bottom - top;
  }

  int width() {
    return right - left;
  }

  int area() {
    return pixels.stream().mapToInt(piece -> piece.length).sum();
  }

  /** Both as one. */
  ConnectedComponent with(ConnectedComponent other) {
    List<int[]> all = new ArrayList<>(pixels);
    all.addAll(other.pixels);
    return new ConnectedComponent(
        Math.min(top, other.top),
        Math.min(left, other.left),
        Math.max(bottom, other.bottom),
        Math.max(right, other.right),
        all);
  }

  /** Columns that both lie in; negative where there is a gap of so many between them. */
  int columnsShared(ConnectedComponent other) {
    return Math.min(right, other.right) - Math.max(left, other.left);
  }

  /** Rows that both lie in; negative where there is a gap of so many between them. */
  int rowsShared(ConnectedComponent other) {
    return Math.min(bottom, other.bottom) - Math.max(top, other.top);
  }
}
