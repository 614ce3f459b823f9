package io.mnist4j.backend.cuda;

import java.util.List;
import java.util.Locale;

/**
 * A graphics card as CUDA shows it.
 *
 * @param index among those that CUDA shows, from 0
 * @param name that NVIDIA gave it
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param totalBytes of its memory
 * @param freeBytes of it that nobody uses; -1 where it was not asked
 */
public record Gpu(int index, String name, int major, int minor, long totalBytes, long freeBytes) {
  private static final long MIB = 1L << 20;

  /**
   * What libnd4jcuda.so 1.0.0-M2.1 has machine code for; it has no PTX that a driver could compile.
   */
  private static final List<int[]> CODE =
      List.of(
          new int[] {3, 7},
          new int[] {5, 0},
          new int[] {5, 2},
          new int[] {6, 0},
          new int[] {6, 1},
          new int[] {7, 0},
          new int[] {7, 5},
          new int[] {8, 0},
          new int[] {8, 6});

  /** The range of {@link #CODE} for a message. */
  static final String CODE_RANGE = "3.7 and 5.0 to 8.9";

  /** Its compute capability, such as {@code 8.6}. */
  public String capability() {
    return major + "." + minor;
  }

  /**
   * Whether ND4J can compute on it. Machine code for one capability runs on those of the same major
   * and a later minor number (CUDA C++ Programming Guide, Binary Compatibility).
   */
  public boolean hasCode() {
    return CODE.stream().anyMatch(code -> code[0] == major && code[1] <= minor);
  }

  /** Name, compute capability and memory for a person. */
  public String text() {
    return String.format(
        Locale.ROOT, "%s (compute capability %s, %,d MiB)", name, capability(), totalBytes / MIB);
  }

  long freeMib() {
    return freeBytes / MIB;
  }
}
