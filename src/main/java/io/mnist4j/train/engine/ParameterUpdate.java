package io.mnist4j.train.engine;

import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.optimizer.UpdateRule;

/** What a step does to weights, given their gradient: clipping, penalties, the optimiser's rule. */
final class ParameterUpdate {
  private final UpdateRule rule;
  private final float l1;
  private final float l2;
  private final double decay;
  private final float largest;
  private float lost;
  private float scale;

  ParameterUpdate(TrainingSpec spec) {
    rule = UpdateRule.of(spec.optimizer());
    l1 = (float) spec.regularization().l1();
    l2 = (float) spec.regularization().l2();
    decay = spec.regularization().weightDecay();
    largest = (float) spec.clipping().value();
  }

  int states() {
    return rule.states();
  }

  /**
   * Before the first stretch of each step.
   *
   * @param rate learning rate, above 0
   * @param t number of the step, from 1
   */
  void begin(double rate, int t) {
    rule.begin(rate, t);
    lost = (float) (rate * decay);
    scale = 1;
  }

  /** Multiplies all gradients of this step, as clipping by their common norm does. */
  void scale(double factor) {
    scale = (float) factor;
  }

  /**
   * Changes a stretch of weights and their states.
   *
   * @param g gradient of the batch's mean loss; used up
   * @param penalised whether L1, L2 and weight decay are for these: weights are, biases are not
   */
  void apply(float[] w, float[] g, float[][] s, int from, int to, boolean penalised) {
    if (scale != 1) {
      for (int i = from; i < to; i++) {
        g[i] *= scale;
      }
    }
    if (largest > 0) {
      for (int i = from; i < to; i++) {
        g[i] = Math.max(-largest, Math.min(largest, g[i]));
      }
    }
    if (penalised) {
      penalise(w, g, from, to);
    }
    rule.apply(w, g, s, from, to);
  }

  private void penalise(float[] w, float[] g, int from, int to) {
    if (l1 > 0) {
      for (int i = from; i < to; i++) {
        g[i] += l1 * Math.signum(w[i]);
      }
    }
    if (l2 > 0) {
      for (int i = from; i < to; i++) {
        g[i] += l2 * w[i];
      }
    }
    // After the gradient's penalties, which are of the old weights. The rules do not look at them.
    if (lost > 0) {
      for (int i = from; i < to; i++) {
        w[i] -= lost * w[i];
      }
    }
  }
}
