package io.mnist4j.train.engine;

import java.util.Arrays;

/**
 * A batch of sparse images as a matrix in the form "compressed sparse column": for each pixel, in
 * which images of the batch it is not empty.
 */
final class CscBatch {
  /** Images between the one that is read and the one that is prefetched. */
  private static final int AHEAD = 4;

  /** For each pixel the index of its first image below; one more for the end. */
  final int[] start;

  /** For each entry, the image of the batch. */
  char[] row = new char[0];

  /** For each entry, the pixel's value in [0, 1]. */
  float[] value = new float[0];

  private final int[] next;

  CscBatch(int pixels) {
    start = new int[pixels + 1];
    next = new int[pixels];
  }

  /**
   * Transposes a batch.
   *
   * @param imageIndices the images of the batch, from one index on
   * @return what {@link CsrImages#prefetch} returned
   */
  int set(CsrImages images, int[] imageIndices, int first, int size) {
    Arrays.fill(start, 0);
    int prefetched = 0;
    for (int i = 0; i < size; i++) {
      int image = imageIndices[first + i];
      if (i + AHEAD < size) {
        prefetched += images.prefetch(imageIndices[first + i + AHEAD]);
      }
      for (int k = images.start[image]; k < images.end[image]; k++) {
        start[images.columnIndex[k] + 1]++;
      }
    }
    for (int p = 1; p < start.length; p++) {
      start[p] += start[p - 1];
    }
    int all = start[start.length - 1];
    if (row.length < all) {
      row = new char[all + all / 4];
      value = new float[row.length];
    }
    System.arraycopy(start, 0, next, 0, next.length);
    for (int i = 0; i < size; i++) {
      int image = imageIndices[first + i];
      for (int k = images.start[image]; k < images.end[image]; k++) {
        int place = next[images.columnIndex[k]]++;
        row[place] = (char) i;
        value[place] = images.value[k];
      }
    }
    return prefetched;
  }
}
