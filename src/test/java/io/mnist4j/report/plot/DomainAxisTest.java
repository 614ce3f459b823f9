package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import java.util.List;
import org.junit.jupiter.api.Test;

class DomainAxisTest {

  @Test
  void wideLogarithmicRangesHavePowersOfTen() {
    assertLabels(new FloatDomain(1e-4, 1e-1, true), "0.0001", "0.001", "0.01", "0.1");
  }

  @Test
  void narrowOnesHaveTwosAndFivesToo() {
    assertLabels(new FloatDomain(1e-3, 2e-2, true), "0.001", "0.002", "0.005", "0.01", "0.02");
  }

  @Test
  void wholeNumbersDouble() {
    assertLabels(new IntDomain(8, 64, true), "8", "16", "32", "64");
    List<DomainAxis.Mark> marks = DomainAxis.marks(new IntDomain(8, 64, true));
    assertEquals(
        marks.get(1).position() - marks.get(0).position(),
        marks.get(3).position() - marks.get(2).position(),
        1e-9,
        "at equal distances");
  }

  @Test
  void choicesAreAllNamedAndLongOnesAreCut() {
    assertLabels(
        new Choice(List.of("adam", "a-very-long-name-of-an-optimizer")), "adam", "a-very-long-n…");
  }

  private static void assertLabels(Domain domain, String... labels) {
    assertEquals(
        List.of(labels), DomainAxis.marks(domain).stream().map(DomainAxis.Mark::label).toList());
  }
}
