package io.mnist4j.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SquareRemovalTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 12;

  /** A linear model foretells itself: log-odds of the sum of weight times ink. */
  @Test
  void contributionsOfALinearModelForetellAll() {
    SplitMix64 random = new SplitMix64(5, 5);
    byte[] image = new byte[HEIGHT * WIDTH];
    double[] weights = new double[image.length];
    double[] contributions = new double[image.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) random.nextInt(256);
      weights[i] = random.nextDouble(-1, 1);
      contributions[i] = weights[i] * (image[i] & 0xff) / 255;
    }
    SquareRemoval squares = new SquareRemoval(HEIGHT, WIDTH, new SplitMix64(1, 1));
    byte[] changed = new byte[SquareRemoval.SQUARES * image.length];
    squares.remove(image, changed, 0);
    double[] happened = new double[SquareRemoval.SQUARES];
    for (int s = 0; s < happened.length; s++) {
      int gone = 0;
      for (int i = 0; i < image.length; i++) {
        int left = changed[s * image.length + i] & 0xff;
        happened[s] += weights[i] * ((image[i] & 0xff) - left) / 255;
        gone += left == (image[i] & 0xff) ? 0 : 1;
      }
      assertTrue(gone <= 81, "a side has at most as many pixels as the image: " + gone);
    }
    double[] foretold = squares.foretold(contributions);
    for (int s = 0; s < happened.length; s++) {
      assertEquals(happened[s], foretold[s], 1e-9);
    }
    assertEquals(0, SquareRemoval.infidelity(foretold, happened), 1e-15);
    double[] doubled = Arrays.stream(foretold).map(f -> 2 * f).toArray();
    assertEquals(0, SquareRemoval.infidelity(doubled, happened), 1e-15, "the unit is free");
  }

  /** Least squares through the origin: the best factor is (1*3 + 2*3) / (1 + 4) = 1.8. */
  @Test
  void errorIsWorkedOutByHand() {
    double expected = (Math.pow(1.8 - 3, 2) + Math.pow(3.6 - 3, 2)) / 2;
    assertEquals(
        expected, SquareRemoval.infidelity(new double[] {1, 2}, new double[] {3, 3}), 1e-12);
    assertEquals(
        9, SquareRemoval.infidelity(new double[2], new double[] {3, 3}), "nothing foretold");
  }
}
