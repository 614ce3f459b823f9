package io.mnist4j.data.npy;

import java.util.List;

/** Arrays whose first index runs fastest, as NumPy calls Fortran's way. */
final class FortranOrder {
  /** So many images are written at a time: their pixels stay in the cache. */
  private static final int BLOCK = 64;

  private FortranOrder() {}

  /**
   * Brings the elements into the order in which the last index runs fastest.
   *
   * @param columns the elements, first index fastest
   * @param shape at least one size, each at least 1, whose product is the number of elements
   */
  static byte[] toRows(byte[] columns, List<Long> shape) {
    int dimensions = shape.size();
    int[] sizes = shape.stream().mapToInt(Math::toIntExact).toArray();
    int[] strides = new int[dimensions];
    int perImage = 1;
    for (int d = dimensions - 1; d > 0; d--) {
      strides[d] = perImage;
      perImage *= sizes[d];
    }
    int count = sizes[0];
    byte[] rows = new byte[columns.length];
    int[] index = new int[dimensions];
    for (int first = 0; first < count; first += BLOCK) {
      int last = Math.min(count, first + BLOCK);
      int to = 0;
      for (int pixel = 0; pixel < perImage; pixel++) {
        for (int image = first; image < last; image++) {
          rows[image * perImage + to] = columns[pixel * count + image];
        }
        // The next pixel in the order of the file; after the last one all indices are 0 again.
        for (int d = 1; d < dimensions; d++) {
          to += strides[d];
          if (++index[d] < sizes[d]) {
            break;
          }
          to -= strides[d] * sizes[d];
          index[d] = 0;
        }
      }
    }
    return rows;
  }
}
