package io.mnist4j.train;

import java.util.SplittableRandom;

/** The order in which an epoch goes through the training images. */
public final class EpochOrder {
  /** 2^64 / golden ratio: multiples of it lie far apart, so that no two epochs share a seed. */
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private EpochOrder() {}

  /**
   * Fills in a permutation, which depends on the seed and the epoch alone, not on the epochs
   * before.
   *
   * @param order one place for each image
   */
  public static void shuffle(int[] order, long seed, int epoch) {
    SplittableRandom random = new SplittableRandom(seed + epoch * GOLDEN_GAMMA);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }
}
