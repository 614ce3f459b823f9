package io.mnist4j.digits;

/** Which of many values stands at a place, as if they were sorted. */
final class OrderStatistics {
  private OrderStatistics() {}

  /**
   * The value of a rank, in a time that grows as their number does (C. A. R. Hoare, "Algorithm 65:
   * find", Communications of the ACM 4(7), 1961).
   *
   * @param values no NaN among them; they change places
   * @param rank from 0, below their number
   */
  static float select(float[] values, int rank) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      float pivot = values[low + (high - low) / 2];
      int left = low;
      int right = high;
      while (left <= right) {
        while (values[left] < pivot) {
          left++;
        }
        while (values[right] > pivot) {
          right--;
        }
        if (left <= right) {
          float value = values[left];
          values[left++] = values[right];
          values[right--] = value;
        }
      }
      if (rank <= right) {
        high = right;
      } else if (rank >= left) {
        low = left;
      } else {
        return values[rank];
      }
    }
    return values[rank];
  }
}
