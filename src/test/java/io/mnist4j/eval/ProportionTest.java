package io.mnist4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProportionTest {

  /** The examples of R. Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
  @Test
  void wilsonsIntervalIsAsPublished() {
    assertInterval(81, 263, 0.2553, 0.3662);
    assertInterval(15, 148, 0.0624, 0.1605);
    assertInterval(0, 20, 0, 0.1611);
    assertInterval(1, 29, 0.0061, 0.1718);
  }

  @Test
  void isTheMirrorImageForFailures() {
    assertInterval(263 - 81, 263, 1 - 0.3662, 1 - 0.2553);
    assertInterval(20, 20, 1 - 0.1611, 1);
  }

  @Test
  void knowsNothingWithoutTrials() {
    Proportion none = new Proportion(0, 0);
    assertFalse(none.known());
    assertTrue(Double.isNaN(none.value()));
    assertEquals(0, none.low());
    assertEquals(1, none.high());
  }

  @Test
  void refusesMoreSuccessesThanTrials() {
    assertThrows(IllegalArgumentException.class, () -> new Proportion(3, 2));
    assertThrows(IllegalArgumentException.class, () -> new Proportion(-1, 2));
  }

  private static void assertInterval(long successes, long trials, double low, double high) {
    Proportion proportion = new Proportion(successes, trials);
    assertEquals(low, proportion.low(), 5e-5);
    assertEquals(high, proportion.high(), 5e-5);
    assertTrue(proportion.low() <= proportion.value() && proportion.value() <= proportion.high());
  }
}
