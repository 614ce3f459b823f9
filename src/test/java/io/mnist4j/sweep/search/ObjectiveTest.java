package io.mnist4j.sweep.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.sweep.search.Objective.Goal;
import io.mnist4j.sweep.search.Objective.ObjectiveMetric;
import io.mnist4j.train.EpochMetrics;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
  private static final EpochMetrics EPOCH = new EpochMetrics(1, 0.7, 0.3, 0.9, 1);

  @Test
  void accuracyIsMaximizedAndItsLossIsTheShareOfMistakes() {
    Objective accuracy = new Objective(ObjectiveMetric.VALIDATION_ACCURACY, Optional.empty());
    assertEquals(Objective.DEFAULT, accuracy);
    assertTrue(accuracy.maximizes());
    assertEquals(0.9, accuracy.of(EPOCH));
    assertEquals(0.1, accuracy.asLoss(EPOCH), 1e-12);
    assertEquals("validation accuracy", accuracy.label());
  }

  @Test
  void lossIsMinimizedAsItIs() {
    Objective loss = new Objective(ObjectiveMetric.VALIDATION_LOSS, Optional.of(Goal.MINIMIZE));
    assertFalse(loss.maximizes());
    assertEquals(0.3, loss.of(EPOCH));
    assertEquals(0.3, loss.asLoss(EPOCH));
    assertEquals("validation loss", loss.label());
  }

  @Test
  void goalOfTheWorstValueIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Objective(ObjectiveMetric.VALIDATION_LOSS, Optional.of(Goal.MAXIMIZE)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Objective(ObjectiveMetric.VALIDATION_ACCURACY, Optional.of(Goal.MINIMIZE)));
  }
}
