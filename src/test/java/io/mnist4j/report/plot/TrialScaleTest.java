package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.Objective.ObjectiveMetric;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.train.EpochMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TrialScaleTest {
  private static final Objective LOSS =
      new Objective(ObjectiveMetric.VALIDATION_LOSS, Optional.empty());

  @Test
  void largerAccuracyIsHigher() {
    TrialScale scale = TrialScale.of(complete(0.8, 0.9, 0.85), Objective.DEFAULT);
    assertTrue(scale.larger());
    assertTrue(scale.height(0.9) > scale.height(0.85));
    assertTrue(scale.axis().max() <= 1, "no accuracy is above 1: " + scale.axis());
  }

  @Test
  void noAccuracyIsBelowZero() {
    TrialScale scale = TrialScale.of(complete(0.65, 0.12, 0.1, 0.09), Objective.DEFAULT);
    assertEquals(0, scale.axis().min(), 1e-9);
  }

  @Test
  void smallerLossIsHigher() {
    TrialScale scale = TrialScale.of(complete(0.8, 0.9, 0.85), LOSS);
    assertTrue(scale.height(0.8) > scale.height(0.85));
    assertTrue(scale.height(0.8) <= 1 && scale.height(0.9) >= 0);
  }

  /** Eleven trials between 0.90 and 0.95, and one that learned nothing. */
  @Test
  void trialThatLearnedNothingLiesAtTheBottom() {
    double[] values =
        DoubleStream.concat(
                DoubleStream.iterate(0.90, value -> value + 0.005).limit(11), DoubleStream.of(0.1))
            .toArray();
    TrialScale scale = TrialScale.of(complete(values), Objective.DEFAULT);
    assertTrue(scale.axis().min() > 0.8, "the others are told apart: " + scale.axis());
    assertEquals(0, scale.height(0.1));
  }

  @Test
  void valueThatIsNotANumberLiesAtTheBottom() {
    assertEquals(0, TrialScale.of(complete(0.8, 0.9, 0.85), LOSS).height(Double.NaN));
  }

  @Test
  void withoutTrialsTheAxisIsThatOfShares() {
    TrialScale scale = TrialScale.of(List.of(), Objective.DEFAULT);
    assertEquals(0, scale.axis().min());
    assertEquals(1, scale.axis().max());
  }

  private static List<Trial> complete(double... values) {
    return DoubleStream.of(values).mapToObj(TrialScaleTest::complete).toList();
  }

  private static Trial complete(double value) {
    return new Trial(
        0,
        new Point(Map.of()),
        TrialState.COMPLETE,
        List.of(new EpochMetrics(1, value, value, value, 1)),
        1,
        0,
        "",
        List.of(),
        0,
        1,
        "");
  }
}
