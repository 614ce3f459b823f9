package io.mnist4j.train.engine.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Test
  void isExactToOneInABillion() {
    for (int i = -708_000; i <= 708_000; i++) {
      double x = i / 1_000.0;
      double expected = StrictMath.exp(x);
      assertEquals(expected, Exponential.exp(x), 1e-9 * expected, "of " + x);
    }
  }

  @Test
  void endsWhereADoubleDoes() {
    for (double x : new double[] {709, 1e9, Double.POSITIVE_INFINITY}) {
      assertEquals(Exponential.exp(708), Exponential.exp(x));
      assertEquals(Exponential.exp(-708), Exponential.exp(-x));
    }
    assertTrue(Double.isNaN(Exponential.exp(Double.NaN)), "not a number");
  }
}
