package io.mnist4j.backend.cuda;

import java.util.Locale;
import java.util.Map;

/**
 * A graphics card as CUDA shows it.
 *
 * @param index among those that CUDA shows, from 0
 * @param name that NVIDIA gave it
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param totalBytes of its memory
 * @param freeBytes of it that no process uses; -1 where it was not asked
 */
public record Gpu(int index, String name, int major, int minor, long totalBytes, long freeBytes) {
  private static final long MIB = 1L << 20;

  /**
   * The major numbers that libnd4jcuda.so 1.0.0-M2.1 has machine code for, with the lowest minor
   * number of each; it has no PTX that a driver could compile.
   */
  private static final Map<Integer, Integer> CODE = Map.of(3, 7, 5, 0, 6, 0, 7, 0, 8, 0);

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
    return CODE.getOrDefault(major, Integer.MAX_VALUE) <= minor;
  }

  /** Whether the program's own kernels, which are for 7.5 and later, run on it. */
  public boolean runsKernels() {
    return major > 7 || (major == 7 && minor >= 5);
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
