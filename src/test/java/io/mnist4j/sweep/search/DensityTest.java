package io.mnist4j.sweep.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.Condition;
import io.mnist4j.sweep.space.Coordinates;
import io.mnist4j.sweep.space.Domain;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DensityTest {
  @Test
  void normalDistributionIsThatOfTheTables() {
    // NIST/SEMATECH e-Handbook, 1.3.6.7.1, and its tail from Abramowitz and Stegun, table 26.2.
    assertEquals(0.5, Normal.below(0), 1e-15);
    assertEquals(0.841344746068543, Normal.below(1), 1e-14);
    assertEquals(0.977249868051821, Normal.below(2), 1e-14);
    assertEquals(2.866515718791939e-7, Normal.below(-5), 1e-16);
    assertEquals(7.619853024160527e-24, Normal.below(-10), 1e-31);
    assertEquals(0, Normal.below(-40));
    assertEquals(1, Normal.between(-40, 40));
    assertEquals(Normal.between(-10, -9), Normal.between(9, 10));
  }

  /** Whatever the points are, all probabilities together are 1. */
  @Test
  void densitiesSumUpToOne() {
    List<Domain> domains =
        List.of(
            new FloatDomain(1e-4, 10, true),
            new IntDomain(-3, 20, false),
            new IntDomain(1, 200, true),
            new Choice(List.of("a", "b", "c")),
            new Choice(List.of(16, 32, 64, 128)),
            new IntDomain(6, 6, true));
    for (Domain domain : domains) {
      Coordinates coordinates =
          new Coordinates(new SearchSpace(List.of(new Parameter("x", domain))));
      SplittableRandom random = new SplittableRandom(3);
      List<double[]> points = new ArrayList<>();
      for (int n = 0; n < 30; n++) {
        Density density = new Density(coordinates, points, 2);
        assertEquals(1, total(domain, density), 1e-3, domain + " with " + n);
        points.add(density.draw(random));
      }
    }
  }

  private static double total(Domain domain, Density density) {
    int places = domain instanceof FloatDomain ? 5000 : 100_000;
    double sum = 0;
    Object last = null;
    for (int i = 0; i < places; i++) {
      double place = (i + 0.5) / places;
      Object value = domain.at(place);
      if (domain instanceof FloatDomain) {
        sum += Math.exp(density.log(new double[] {place})) / places;
      } else if (!value.equals(last)) {
        sum += Math.exp(density.log(new double[] {domain.position(value)}));
      }
      last = value;
    }
    return sum;
  }

  @Test
  void drawsAreAsLikelyAsTheDensitySays() {
    Coordinates coordinates =
        new Coordinates(
            new SearchSpace(
                List.of(
                    new Parameter("word", new Choice(List.of("a", "b"))),
                    new Parameter(
                        "count",
                        new IntDomain(1, 6, false),
                        Optional.of(new Condition("word", List.of("b")))))));
    Density density =
        new Density(
            coordinates,
            List.of(
                new double[] {0.75, 0.1},
                new double[] {0.75, 0.4},
                new double[] {0.25, Double.NaN}),
            2);
    SplittableRandom random = new SplittableRandom(1);
    int n = 100_000;
    int[] counts = new int[7];
    for (int i = 0; i < n; i++) {
      Object count = coordinates.point(density.draw(random)).values().get("count");
      counts[count == null ? 0 : (Integer) count]++;
    }
    assertTrue(counts[0] > 0);
    assertEquals(
        Math.exp(density.log(new double[] {0.25, Double.NaN})), counts[0] / (double) n, 0.006);
    for (int count = 1; count <= 6; count++) {
      double place = coordinates.domain(1).position(count);
      assertEquals(
          Math.exp(density.log(new double[] {0.75, place})), counts[count] / (double) n, 0.006);
    }
  }
}
