package io.mnist4j.train.engine.stage;

import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.optimizer.UpdateRule;
import io.mnist4j.train.privacy.GaussianNoise;

/**
 * Changes weights by their gradient: clipping, penalties, and the optimizer's {@link UpdateRule}.
 */
public final class ParameterUpdate {
  /**
   * Added to a weight and taken off again, it makes 0 of one that a penalty has shrunk for so long
   * that it would become denormal, such as that of a pixel which is never inked.
   */
  private static final float TINY = 1e-25f;

  private final UpdateRule rule;
  private final float l1;
  private final float l2;
  private final double decay;
  private final float largestValue;
  private float decayOfStep;
  private float scale;

  /** Null where there is none. */
  private GradientTerm term;

  /** All parameters as they were at first, for the term. */
  private float[] start;

  /** Added to each gradient before all else; null for none. */
  private final GaussianNoise noise;

  public ParameterUpdate(TrainingSpec spec) {
    rule = new UpdateRule(spec.optimizer());
    l1 = (float) spec.regularization().l1();
    l2 = (float) spec.regularization().l2();
    decay = spec.regularization().weightDecay();
    largestValue = (float) spec.clipping().value();
    noise = null;
  }

  private ParameterUpdate(ParameterUpdate other, GaussianNoise noise) {
    rule = other.rule;
    l1 = other.l1;
    l2 = other.l2;
    decay = other.decay;
    largestValue = other.largestValue;
    decayOfStep = other.decayOfStep;
    scale = other.scale;
    this.noise = noise;
  }

  /**
   * The same for one part of the parameters of this step, with noise on each gradient.
   *
   * @param ofPart that was begun for this part
   */
  public ParameterUpdate with(GaussianNoise ofPart) {
    return new ParameterUpdate(this, ofPart);
  }

  public int states() {
    return rule.states();
  }

  /**
   * Adds a term to all gradients from now on.
   *
   * @param newTerm null for none
   * @param newStart the network's parameters now, which stay as they are
   */
  public void setTerm(GradientTerm newTerm, float[] newStart) {
    term = newTerm;
    start = newStart;
  }

  /** What is added to all gradients; null for nothing. */
  public GradientTerm term() {
    return term;
  }

  /**
   * Adds the term, where there is one, to the gradients of a stretch of the network's parameters.
   *
   * @param first index of the stretch in the network
   * @param weights of the stretch, from 0
   * @param gradients likewise
   */
  void addTerm(int first, float[] weights, float[] gradients, int length) {
    if (term == null) {
      return;
    }
    if (term.offset() != null) {
      for (int i = 0; i < length; i++) {
        gradients[i] += term.offset()[first + i];
      }
    }
    if (term.pull() > 0) {
      for (int i = 0; i < length; i++) {
        gradients[i] += term.pull() * (weights[i] - start[first + i]);
      }
    }
  }

  /** Whether it leaves a weight as it is whose gradient is 0, and keeps nothing of any. */
  public boolean isPlainDescent() {
    return noise == null
        && rule.isPlainDescent()
        && term == null
        && scale == 1
        && largestValue == 0
        && l1 == 0
        && l2 == 0
        && decayOfStep == 0;
  }

  /**
   * Before the first stretch of each step.
   *
   * @param rate learning rate, above 0
   * @param t number of the step, from 1
   */
  public void begin(double rate, int t) {
    rule.begin(rate, t);
    decayOfStep = (float) (rate * decay);
    scale = 1;
  }

  /** Multiplies all gradients of this step, as clipping by their common norm does. */
  public void scale(double factor) {
    scale = (float) factor;
  }

  /**
   * Changes a stretch of weights and their states.
   *
   * @param w weights
   * @param g gradient of the batch's mean loss by each; overwritten
   * @param s the states of the update rule
   * @param penalised whether L1, L2 and weight decay apply: to weights they do, to biases not
   */
  public void apply(float[] w, float[] g, float[][] s, int from, int to, boolean penalised) {
    if (noise != null) {
      noise.addTo(g, from, to);
    }
    if (scale != 1) {
      for (int i = from; i < to; i++) {
        g[i] *= scale;
      }
    }
    if (largestValue > 0) {
      for (int i = from; i < to; i++) {
        g[i] = Math.max(-largestValue, Math.min(largestValue, g[i]));
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
        w[i] = w[i] + TINY - TINY;
        g[i] += l2 * w[i];
      }
    }
    // After the gradient's penalties, which are of the old weights. The rules do not look at them.
    if (decayOfStep > 0) {
      for (int i = from; i < to; i++) {
        w[i] = w[i] - decayOfStep * w[i] + TINY - TINY;
      }
    }
  }
}
