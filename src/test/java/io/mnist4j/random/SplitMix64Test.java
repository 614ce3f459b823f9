package io.mnist4j.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SplitMix64Test {
  /** The published algorithm from the state 0. */
  @Test
  void seedInPlaceOfZeroIsThePublishedFirstOutput() {
    assertEquals(0xE220A8397B1DCDAFL, SplitMix64.nonZero(0));
    for (long seed : new long[] {1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals(seed, SplitMix64.nonZero(seed));
    }
  }

  @Test
  void sameSeedAndIndexGiveTheSameNumbers() {
    SplitMix64 one = new SplitMix64(7, 3);
    SplitMix64 other = new SplitMix64(7, 3);
    SplitMix64 next = new SplitMix64(7, 4);
    double first = one.nextDouble();
    assertEquals(first, other.nextDouble());
    assertNotEquals(first, next.nextDouble());
    assertEquals(one.nextInt(1000), other.nextInt(1000));
  }
}
