package io.mnist4j.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.train.optimizer.ScheduleSpec.ScheduleName;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand for a rate of 0.8 over 8 steps, 2 an epoch. */
class ScheduleSpecTest {
  private static final double HALF_ROOT_2 = Math.sqrt(0.5);

  @Test
  void constantStays() {
    assertCourse(course(ScheduleName.CONSTANT), 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8);
  }

  @Test
  void linearFallsToZeroAfterTheLastStep() {
    assertCourse(ScheduleSpec.DEFAULT, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1);
  }

  @Test
  void defaultIsTheRatesThatDl4jsCycleScheduleGave() {
    int steps = 2345;
    for (int step = 0; step < steps; step++) {
      assertEquals(
          5e-3 * (steps - step) / steps,
          ScheduleSpec.DEFAULT.learningRate(5e-3, step, 469, steps),
          1e-17);
    }
  }

  @Test
  void linearFallsToAFraction() {
    // From 0.8 to 0.4 by 0.05 a step.
    assertCourse(
        new ScheduleSpec(ScheduleName.LINEAR, 0, 0.5, 0.5, 1, 0.3),
        0.8,
        0.75,
        0.7,
        0.65,
        0.6,
        0.55,
        0.5,
        0.45);
  }

  @Test
  void cosineIsSteepestInTheMiddle() {
    // cos(pi / 8), which the half-angle formula gives as sqrt((1 + cos(pi / 4)) / 2); its co-sine.
    double c = Math.sqrt((1 + HALF_ROOT_2) / 2);
    double s = Math.sqrt((1 - HALF_ROOT_2) / 2);
    assertCourse(
        course(ScheduleName.COSINE),
        0.8,
        0.4 + 0.4 * c,
        0.4 + 0.4 * HALF_ROOT_2,
        0.4 + 0.4 * s,
        0.4,
        0.4 - 0.4 * s,
        0.4 - 0.4 * HALF_ROOT_2,
        0.4 - 0.4 * c);
  }

  @Test
  void cosineFallsToAFraction() {
    ScheduleSpec spec = new ScheduleSpec(ScheduleName.COSINE, 0, 0.5, 0.5, 1, 0.3);
    assertEquals(0.8, spec.learningRate(0.8, 0, 2, 8), 1e-15);
    assertEquals(0.6, spec.learningRate(0.8, 4, 2, 8), 1e-15);
    assertEquals(0.4, spec.learningRate(0.8, 999_999, 2, 1_000_000), 1e-11);
  }

  @Test
  void stepIsMultipliedAtTheEndOfEpochs() {
    assertCourse(course(ScheduleName.STEP), 0.8, 0.8, 0.4, 0.4, 0.2, 0.2, 0.1, 0.1);
    assertCourse(
        new ScheduleSpec(ScheduleName.STEP, 0, 0, 0.1, 2, 0.3),
        0.8,
        0.8,
        0.8,
        0.8,
        0.08,
        0.08,
        0.08,
        0.08);
  }

  @Test
  void exponentialHasTheStepsValuesAtTheEndOfEpochs() {
    double h = HALF_ROOT_2;
    assertCourse(
        course(ScheduleName.EXPONENTIAL), 0.8, 0.8 * h, 0.4, 0.4 * h, 0.2, 0.2 * h, 0.1, 0.1 * h);
  }

  @Test
  void oneCycleRisesFromATwentyFifthAndFallsToZero() {
    // Up: 0.032 + (0.8 - 0.032) * (1 - cos(pi p / 0.5)) / 2, for p = 0, 1/8, 2/8, 3/8.
    assertCourse(
        new ScheduleSpec(ScheduleName.ONE_CYCLE, 0, 0, 0.5, 1, 0.5),
        0.032,
        0.032 + 0.384 * (1 - HALF_ROOT_2),
        0.416,
        0.032 + 0.384 * (1 + HALF_ROOT_2),
        0.8,
        0.4 * (1 + HALF_ROOT_2),
        0.4,
        0.4 * (1 - HALF_ROOT_2));
  }

  @Test
  void warmUpRisesInEqualStepsAndTheCourseFillsTheRest() {
    // 1.5 epochs are 3 steps: 1/4, 2/4, 3/4; then 5 steps of the course.
    assertCourse(
        new ScheduleSpec(ScheduleName.LINEAR, 1.5, 0, 0.5, 1, 0.3),
        0.2,
        0.4,
        0.6,
        0.8,
        0.64,
        0.48,
        0.32,
        0.16);
    assertCourse(
        new ScheduleSpec(ScheduleName.STEP, 0.5, 0, 0.5, 1, 0.3),
        0.4,
        0.8,
        0.8,
        0.4,
        0.4,
        0.2,
        0.2,
        0.1);
  }

  @Test
  void everyCourseIsAboveZeroAndAtMostTheRate() {
    for (ScheduleName name : ScheduleName.values()) {
      for (int steps : new int[] {1, 2, 7, 1000}) {
        for (int step = 0; step < steps; step++) {
          double rate = course(name).learningRate(0.8, step, 3, steps);
          assertTrue(rate > 0 && rate <= 0.8, name + " step " + step + ": " + rate);
        }
      }
    }
  }

  @Test
  void nonsenseIsRefusedByItsKey() {
    assertRefused("warmup-epochs", ScheduleName.LINEAR, -1, 0, 0.5, 1, 0.3);
    assertRefused("warmup-epochs", ScheduleName.LINEAR, Double.NaN, 0, 0.5, 1, 0.3);
    assertRefused("warmup-epochs", ScheduleName.ONE_CYCLE, 1, 0, 0.5, 1, 0.3);
    assertRefused("final-fraction", ScheduleName.LINEAR, 0, 1.1, 0.5, 1, 0.3);
    assertRefused("factor", ScheduleName.LINEAR, 0, 0, 0, 1, 0.3);
    assertRefused("every-epochs", ScheduleName.LINEAR, 0, 0, 0.5, 0, 0.3);
    assertRefused("peak-at", ScheduleName.LINEAR, 0, 0, 0.5, 1, 1);
    assertThrows(
        IllegalArgumentException.class, () -> ScheduleSpec.DEFAULT.learningRate(0.8, 8, 2, 8));
  }

  private static void assertRefused(
      String key,
      ScheduleName name,
      double warmupEpochs,
      double finalFraction,
      double factor,
      int everyEpochs,
      double peakAt) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ScheduleSpec(
                        name, warmupEpochs, finalFraction, factor, everyEpochs, peakAt))
            .getMessage();
    assertTrue(message.startsWith(key + " must be"), message);
  }

  private static void assertCourse(ScheduleSpec spec, double... rates) {
    for (int step = 0; step < rates.length; step++) {
      assertEquals(
          rates[step], spec.learningRate(0.8, step, 2, rates.length), 1e-15, "step " + step);
    }
  }

  private static ScheduleSpec course(ScheduleName name) {
    ScheduleSpec d = ScheduleSpec.DEFAULT;
    return new ScheduleSpec(
        name, d.warmupEpochs(), d.finalFraction(), d.factor(), d.everyEpochs(), d.peakAt());
  }
}
