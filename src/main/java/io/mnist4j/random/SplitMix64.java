package io.mnist4j.random;

/**
 * Random numbers that are the same on every machine: SplitMix64. The JDK's generators promise the
 * same whole numbers everywhere but not the same floating-point numbers from release to release;
 * these do. For one thread at a time.
 */
public final class SplitMix64 {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** Numbers that depend on the two values alone, and are unrelated for neighbouring values. */
  public SplitMix64(long seed, long index) {
    state = mix(mix(seed) + GAMMA * index);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }

  /**
   * A seed for a library that takes 0 for "by the clock": the given one, and in place of 0 always
   * the same other one.
   */
  public static long nonZero(long seed) {
    return seed == 0 ? mix(GAMMA) : seed;
  }

  private long next() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  public double nextDouble() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Bell-shaped, never further than three deviations from the mean: three uniform numbers summed,
   * since a true normal distribution needs logarithms and now and then gives a monster.
   */
  public double nextBellShaped(double mean, double deviation) {
    return mean + deviation * 2 * (nextDouble() + nextDouble() + nextDouble() - 1.5);
  }

  /** True with the given probability. */
  public boolean nextBoolean(double probability) {
    return nextDouble() < probability;
  }

  /** Uniform in 0 to bound − 1; the bound is small, so the remainder's bias is of no account. */
  public int nextInt(int bound) {
    return (int) ((next() >>> 1) % bound);
  }
}
