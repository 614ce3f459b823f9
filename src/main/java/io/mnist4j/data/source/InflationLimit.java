package io.mnist4j.data.source;

/** How much images may be packed: more than that was made to fill the memory. */
public final class InflationLimit {
  /** How many times its own length a file may hold beyond what any may. */
  public static final long MAX_RATIO = 200;

  /** What any file may hold. */
  private static final long MOST_BYTES = 1 << 26;

  private InflationLimit() {}

  /** The most that so many bytes may become when they are inflated. */
  public static long of(long packedBytes) {
    return MOST_BYTES + MAX_RATIO * packedBytes;
  }
}
