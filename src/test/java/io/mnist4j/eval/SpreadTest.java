package io.mnist4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  /** NIST's handbook gives the sample's standard deviation with n - 1. */
  @Test
  void isThatOfASample() {
    Spread spread = Spread.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));
    assertEquals(5, spread.mean());
    assertEquals(Math.sqrt(32.0 / 7), spread.sd(), 1e-15);
    assertEquals(2, spread.min());
    assertEquals(9, spread.max());
  }

  @Test
  void singleValueDoesNotVary() {
    assertEquals(new Spread(0.5, 0, 0.5, 0.5), Spread.of(List.of(0.5)));
  }

  @Test
  void nothingHasNoMean() {
    assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
  }
}
