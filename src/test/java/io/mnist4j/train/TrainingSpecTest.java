package io.mnist4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.OptimizerSpec.OptimizerName;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TrainingSpecTest {
  private static final RegularizationSpec NO_PENALTY = RegularizationSpec.DEFAULT;

  @Test
  void contradictionsAreRefusedByTheirKey() {
    assertRefused(
        "optimizer adamw needs regularization.weight-decay above 0",
        () -> spec(5, OptimizerName.ADAMW, 0, NO_PENALTY));
    assertRefused(
        "schedule has warmup-epochs 5.0, which must be below the epochs of the run, 5",
        () -> spec(5, OptimizerName.ADAM, 5, NO_PENALTY));
    assertEquals(
        0.1,
        spec(5, OptimizerName.ADAMW, 4.5, new RegularizationSpec(0, 0, 0.1))
            .regularization()
            .weightDecay());
  }

  @Test
  void settingsOutOfRangeAreRefusedByTheirKey() {
    assertRefused("learning-rate must", () -> optimizer(0, 0.9, 0.999, 1e-7, 0.9, 0.9));
    assertRefused("beta1 must", () -> optimizer(1, -0.1, 0.999, 1e-7, 0.9, 0.9));
    assertRefused("beta2 must", () -> optimizer(1, 0.9, 1, 1e-7, 0.9, 0.9));
    assertRefused("beta2 must", () -> optimizer(1, 0.9, 0.999999999, 1e-7, 0.9, 0.9));
    assertRefused("epsilon must", () -> optimizer(1, 0.9, 0.999, 0, 0.9, 0.9));
    assertRefused("momentum must", () -> optimizer(1, 0.9, 0.999, 1e-7, Double.NaN, 0.9));
    assertRefused("decay must", () -> optimizer(1, 0.9, 0.999, 1e-7, 0.9, 1.1));
    assertRefused("l1 must", () -> new RegularizationSpec(-1, 0, 0));
    assertRefused("l2 must", () -> new RegularizationSpec(0, 101, 0));
    assertRefused("weight-decay must", () -> new RegularizationSpec(0, 0, Double.NaN));
  }

  private static void assertRefused(String start, Executable of) {
    String message = assertThrows(IllegalArgumentException.class, of).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  private static OptimizerSpec optimizer(
      double rate, double beta1, double beta2, double epsilon, double momentum, double decay) {
    return new OptimizerSpec(OptimizerName.ADAM, rate, beta1, beta2, epsilon, momentum, decay);
  }

  private static TrainingSpec spec(
      int epochs, OptimizerName name, double warmupEpochs, RegularizationSpec regularization) {
    return TrainingSpecs.of(
        epochs,
        128,
        new OptimizerSpec(name, 1e-3, 0.9, 0.999, 1e-7, 0.9, 0.9),
        new ScheduleSpec(ScheduleSpec.ScheduleName.LINEAR, warmupEpochs, 0, 0.5, 1, 0.3),
        regularization,
        ClippingSpec.DEFAULT);
  }
}
