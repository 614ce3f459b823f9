package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void marksAreRoundAndCoverTheValues() {
    assertMarks(Axis.covering(0, 0.227, 5), "0.00", "0.05", "0.10", "0.15", "0.20", "0.25");
    assertMarks(
        Axis.covering(0.9568, 0.9803, 5),
        "0.955",
        "0.960",
        "0.965",
        "0.970",
        "0.975",
        "0.980",
        "0.985");
    assertMarks(Axis.covering(0, 2300, 4), "0", "1000", "2000", "3000");
    assertMarks(Axis.covering(-0.3, 0.3, 3), "-0.4", "-0.2", "0.0", "0.2", "0.4");
  }

  @Test
  void oneValueHasAnAxisToo() {
    Axis axis = Axis.covering(0.98, 0.98, 5);
    assertEquals(true, axis.min() <= 0.98 && 0.98 <= axis.max() && axis.min() < axis.max());
    Axis zero = Axis.covering(0, 0, 5);
    assertEquals(0, zero.fraction(0));
  }

  @Test
  void epochsAreWhole() {
    assertMarks(Axis.whole(1, 5, 9), "1", "2", "3", "4", "5");
    assertMarks(Axis.whole(1, 1, 9), "1");
    assertEquals(0.5, Axis.whole(1, 1, 9).fraction(1));
    assertEquals(20, Axis.whole(1, 100, 9).step());
  }

  @Test
  void fractionsRunFromEndToEnd() {
    Axis axis = new Axis(0.9, 1, 0.02);
    assertEquals(0, axis.fraction(0.9));
    assertEquals(0.5, axis.fraction(0.95), 1e-12);
    assertEquals(1, axis.fraction(1));
  }

  private static void assertMarks(Axis axis, String... expected) {
    assertEquals(List.of(expected), axis.marks().stream().map(axis::label).toList());
  }
}
