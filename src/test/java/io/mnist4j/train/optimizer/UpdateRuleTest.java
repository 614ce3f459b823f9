package io.mnist4j.train.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateRuleTest {
  private static final int WEIGHTS = 200;
  private static final int STEPS = 100_000;

  /** Processors take a hundred times as long for denormal numbers. */
  @ParameterizedTest
  @EnumSource(OptimizerSpec.OptimizerName.class)
  void gradientsThatVanishLeaveNoDenormalStates(OptimizerSpec.OptimizerName name) {
    OptimizerSpec d = OptimizerSpec.DEFAULT;
    UpdateRule rule =
        new UpdateRule(
            new OptimizerSpec(
                name,
                d.learningRate(),
                d.beta1(),
                d.beta2(),
                d.epsilon(),
                d.momentum(),
                d.decay()));
    float[] weights = new float[WEIGHTS];
    float[] gradients = new float[WEIGHTS];
    float[][] states = new float[rule.states()][WEIGHTS];
    for (int step = 1; step <= STEPS; step++) {
      // Of all sizes from 1 to 1e-38 at first, then 0.
      for (int i = 0; i < WEIGHTS && step <= 100; i++) {
        gradients[i] = step < 100 ? (float) Math.pow(10, -38.0 * i / WEIGHTS) : 0;
      }
      rule.begin(1e-3, step);
      rule.apply(weights, gradients, states, 0, WEIGHTS);
      if (step % 97 == 0) {
        assertNoneIsDenormal(states);
      }
    }
    assertEquals(0, weights[WEIGHTS - 1], 1e-12f);
    assertTrue(weights[0] < 0, "it learns");
  }

  private static void assertNoneIsDenormal(float[][] states) {
    for (float[] state : states) {
      for (float value : state) {
        if (value != 0 && Math.abs(value) < Float.MIN_NORMAL) {
          fail("denormal: " + value);
        }
      }
    }
  }
}
