package io.mnist4j.train.engine.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.TrainingSpecs;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseActivationTest {
  private static final int COUNT = 8_001;

  /** From -100 to 100: those far out are where exponentials overflow, or are denormal. */
  private static float[] sums() {
    float[] sums = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sums[i] = (i - COUNT / 2) / 40f;
    }
    return sums;
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void outputsAreThoseOfTheFormula(Activation activation) {
    float[] a = sums();
    ElementwiseActivation.of(activation).apply(a, 0, COUNT);
    float[] sums = sums();
    for (int i = 0; i < COUNT; i++) {
      double expected = value(activation, sums[i]);
      assertEquals(expected, a[i], 1e-6 * Math.abs(expected) + 1e-19, "of " + sums[i]);
      assertNormal(a[i], "of " + sums[i]);
    }
  }

  /** Where a derivative is a difference of outputs near 1, that rounds to 6e-8. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void derivativesAreThoseOfTheFormula(Activation activation) {
    for (float size : new float[] {1, 1e-12f, 1e-19f, 1e-30f}) {
      float[] sums = sums();
      float[] delta = derivatives(activation, size);
      for (int i = 0; i < COUNT; i++) {
        double expected = size * slope(activation, sums[i]);
        assertEquals(expected, delta[i], 2e-7 * size + 1e-19, "of " + sums[i]);
        if (activation != Activation.LEAKY_RELU) {
          assertNormal(delta[i], "of " + sums[i]);
        }
      }
    }
  }

  private static float[] derivatives(Activation activation, float size) {
    ElementwiseActivation elementwise = ElementwiseActivation.of(activation);
    float[] a = sums();
    if (!elementwise.needsSums()) {
      elementwise.apply(a, 0, COUNT);
    }
    float[] delta = new float[COUNT];
    Arrays.fill(delta, size);
    elementwise.multiplyByDerivative(delta, a, 0, COUNT);
    return delta;
  }

  private static void assertNormal(float number, String message) {
    assertTrue(number == 0 || Math.abs(number) >= Float.MIN_NORMAL, message + " is " + number);
  }

  private static double value(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY, SOFTMAX -> x;
      case RELU -> Math.max(0, x);
      case LEAKY_RELU -> x > 0 ? x : 0.01 * x;
      case ELU -> x > 0 ? x : Math.expm1(x);
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
      case GELU -> x * sigmoid(1.702 * x);
      case SWISH -> x * sigmoid(x);
    };
  }

  private static double slope(Activation activation, double x) {
    return switch (activation) {
      case IDENTITY, SOFTMAX -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x >= 0 ? 1 : 0.01;
      case ELU -> x > 0 ? 1 : Math.exp(x);
      case SIGMOID -> sigmoid(x) * (1 - sigmoid(x));
      case TANH -> 1 - Math.tanh(x) * Math.tanh(x);
      case GELU -> slopeOfSigmoidLinear(1.702, x);
      case SWISH -> slopeOfSigmoidLinear(1, x);
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double slopeOfSigmoidLinear(double k, double x) {
    return sigmoid(k * x) + k * x * sigmoid(k * x) * (1 - sigmoid(k * x));
  }

  /** As those of pixels that are never inked, which nothing but the penalty moves. */
  @Test
  void penaltiesShrinkWeightsToZero() {
    for (RegularizationSpec penalty :
        new RegularizationSpec[] {
          new RegularizationSpec(0, 0.9, 0), new RegularizationSpec(0, 0, 0.9)
        }) {
      TrainingSpec training =
          TrainingSpecs.of(
              1,
              1,
              new OptimizerSpec(OptimizerSpec.OptimizerName.SGD, 1, 0.9, 0.99, 1e-7, 0.9, 0.9),
              ScheduleSpec.DEFAULT,
              penalty,
              ClippingSpec.DEFAULT);
      ParameterUpdate update = new ParameterUpdate(training);
      float[] w = {1};
      for (int step = 1; step <= 60; step++) {
        update.begin(1, step);
        update.apply(w, new float[1], new float[0][], 0, 1, true);
        assertNormal(w[0], penalty + " after " + step);
      }
      assertEquals(0, w[0], penalty.toString());
    }
  }
}
