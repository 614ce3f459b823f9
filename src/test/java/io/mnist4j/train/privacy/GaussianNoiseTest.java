package io.mnist4j.train.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The noise is normally distributed, and follows from key, step and part alone. */
class GaussianNoiseTest {
  private static final int COUNT = 2_000_000;

  private static float[] noise(long seed, long step, int part, int count) {
    GaussianNoise noise = new GaussianNoise(NoiseKey.ofSeed(seed), 1);
    float[] numbers = new float[count];
    noise.begin(step, part);
    noise.addTo(numbers, 0, count);
    return numbers;
  }

  @Test
  void eachQuantileHasItsShare() {
    float[] numbers = noise(1, 1, 0, COUNT);
    // Far into the tail, which begins at 3.654.
    int perUnit = 20;
    int ends = 5 * perUnit;
    long[] counts = new long[2 * ends + 2];
    for (float number : numbers) {
      int cell = (int) Math.floor((double) number * perUnit) + ends + 1;
      counts[Math.max(0, Math.min(counts.length - 1, cell))]++;
    }
    long below = 0;
    for (int cell = 0; cell < counts.length - 1; cell++) {
      below += counts[cell];
      double x = (double) (cell - ends) / perUnit;
      double probability = Math.exp(LogErfc.of(-x / Math.sqrt(2))) / 2;
      double deviation = Math.sqrt(probability * (1 - probability) / COUNT);
      assertEquals(probability, (double) below / COUNT, 5 * deviation + 1e-6, "below " + x);
    }
  }

  @Test
  void momentsAreThoseOfTheNormalDistribution() {
    float[] numbers = noise(2, 1, 0, COUNT);
    double[] moments = new double[5];
    for (float number : numbers) {
      double power = 1;
      for (int k = 0; k < moments.length; k++) {
        moments[k] += power / COUNT;
        power *= number;
      }
    }
    double root = Math.sqrt(COUNT);
    assertEquals(0, moments[1], 5 / root);
    assertEquals(1, moments[2], 5 * Math.sqrt(2) / root);
    assertEquals(0, moments[3], 5 * Math.sqrt(15) / root);
    assertEquals(3, moments[4], 5 * Math.sqrt(96) / root);
  }

  @Test
  void streamsAreApart() {
    float[] expected = noise(1, 7, 3, 1000);
    assertArrayEquals(expected, noise(1, 7, 3, 1000));
    for (float[] other :
        new float[][] {noise(2, 7, 3, 1000), noise(1, 8, 3, 1000), noise(1, 7, 4, 1000)}) {
      assertFalse(Arrays.equals(expected, other));
      double product = 0;
      for (int i = 0; i < 1000; i++) {
        product += expected[i] * other[i];
      }
      assertEquals(0, product / 1000, 5 / Math.sqrt(1000));
    }
  }

  /** Block by block: AES of step, part and a counter. */
  @Test
  void bitsAreThoseOfAesInCounterMode() throws Exception {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    RandomStream stream = new RandomStream(key);
    stream.begin(0xf0f1f2f3f4f5f6f7L, 0xf8f9fafb);
    Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
    ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    for (int block = 0; block < 600; block++) {
      byte[] counter =
          ByteBuffer.allocate(16)
              .putLong(0xf0f1f2f3f4f5f6f7L)
              .putInt(0xf8f9fafb)
              .putInt(block)
              .array();
      LongBuffer expected =
          ByteBuffer.wrap(ecb.doFinal(counter)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
      assertEquals(expected.get(), stream.nextLong());
      assertEquals(expected.get(), stream.nextLong());
    }
  }

  @Test
  void uniformNumbersAreNeverZero() {
    RandomStream stream = new RandomStream(new byte[32]);
    stream.begin(1, 1);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double number = stream.nextDouble();
      assertTrue(number > 0 && number <= 1);
      sum += number;
    }
    assertEquals(0.5, sum / 100_000, 5 * Math.sqrt(1 / 12.0 / 100_000));
  }
}
