package io.mnist4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixupTest {
  private static final int SIZE = 50;

  private static int[] partners(Mixup mixup, int size) {
    return IntStream.range(0, size).map(mixup::partner).toArray();
  }

  @Test
  void partnersAreTheBatchInAnotherOrder() {
    Mixup mixup = new Mixup(1, 3, SIZE);
    mixup.draw(1, 0, SIZE);
    int[] first = partners(mixup, SIZE);
    float share = mixup.share();
    assertArrayEquals(IntStream.range(0, SIZE).toArray(), IntStream.of(first).sorted().toArray());
    mixup.draw(1, 1, 20);
    assertArrayEquals(
        IntStream.range(0, 20).toArray(), IntStream.of(partners(mixup, 20)).sorted().toArray());
    mixup.draw(2, 0, SIZE);
    assertNotEquals(share, mixup.share());
    Mixup again = new Mixup(1, 3, SIZE);
    again.draw(1, 0, SIZE);
    assertArrayEquals(first, partners(again, SIZE));
    assertEquals(share, again.share());
  }

  /** Beta(α, α) has the mean 1/2 and the variance 1 / (4 (2 α + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {1e-5, 0.05, 0.2, 1, 4, 30, 100})
  void shareIsBetaDistributed(double alpha) {
    Mixup mixup = new Mixup(alpha, 7, 2);
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      mixup.draw(1 + i / 100, i % 100, 2);
      double share = mixup.share();
      assertTrue(share >= 0 && share <= 1, share + "");
      sum += share;
      squares += (share - 0.5) * (share - 0.5);
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    assertEquals(0.5, sum / draws, 5 * Math.sqrt(variance / draws));
    assertEquals(variance, squares / draws, 0.05 * variance);
  }

  @Test
  void numbersAreBlendedAndTheLargerShareNamesTheImage() {
    Mixup mixup = new Mixup(0.2, 5, 2);
    mixup.draw(1, 0, 2);
    float share = mixup.share();
    float[] blended = new float[2];
    mixup.blend(new float[] {1, 0}, new float[] {0, 0.5f}, blended);
    assertArrayEquals(new float[] {share, (1 - share) * 0.5f}, blended, 1e-7f);
    assertEquals(share >= 0.5 ? 3 : 4, mixup.label(3, 4));
  }
}
