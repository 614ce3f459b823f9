package io.mnist4j.train.optimizer;

/**
 * One optimizer's step on a stretch of weights, by the formula at its {@link
 * OptimizerSpec.OptimizerName}. All that is kept from step to step is 0 at first.
 *
 * <p>Each is one loop over arrays with one index, which the compiler turns into vector code.
 */
public final class UpdateRule {
  /*
   * Added to a number and taken off again, each of these makes 0 of what is far too small to matter:
   * of a mean, of a mean of squares, and of a gradient that is about to be squared (the rules that
   * square it add an epsilon of 1e-8 or so to the root). Left alone, these numbers fall until they
   * are denormal, where a weight's gradient stays 0 or the network has memorised its images; and
   * processors take a hundred times as long for such numbers.
   */
  private static final float TINY = 1e-25f;
  private static final float TINY_SQUARE = 1e-30f;
  private static final float TINY_GRADIENT = 1e-8f;

  private final OptimizerSpec.OptimizerName name;
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final float momentum;
  private final float decay;

  /** The learning rate of this step; with Adam's bias correction in it where the rule has that. */
  private float rate;

  /** Nadam's: of the mean, of the gradient, and of the root. */
  private float meanFactor;

  private float gradientFactor;
  private float rootFactor;

  /** Makes the rule of an optimizer, for the weights of one network. */
  public UpdateRule(OptimizerSpec spec) {
    name = spec.name();
    beta1 = (float) spec.beta1();
    beta2 = (float) spec.beta2();
    epsilon = (float) spec.epsilon();
    momentum = (float) spec.momentum();
    decay = (float) spec.decay();
  }

  /** Numbers that are kept for each weight from step to step: what DL4J calls updater state. */
  public int states() {
    return switch (name) {
      case SGD -> 0;
      case MOMENTUM, NESTEROV, RMSPROP, ADAGRAD -> 1;
      case ADAM, ADAMW, NADAM -> 2;
      case AMSGRAD -> 3;
    };
  }

  /** Whether it is gradient descent alone, which leaves a weight whose gradient is 0. */
  public boolean isPlainDescent() {
    return name == OptimizerSpec.OptimizerName.SGD;
  }

  /**
   * Before the first stretch of each step.
   *
   * @param stepRate learning rate, above 0
   * @param t number of the step, from 1
   */
  public void begin(double stepRate, int t) {
    double correction1 = 1 - Math.pow(beta1, t);
    double correction2 = Math.sqrt(1 - Math.pow(beta2, t));
    rate =
        switch (name) {
          case ADAM, ADAMW, AMSGRAD -> (float) (stepRate * correction2 / correction1);
          default -> (float) stepRate;
        };
    meanFactor = (float) (stepRate * beta1 / (1 - Math.pow(beta1, t + 1)));
    gradientFactor = (float) (stepRate * (1.0 - beta1) / correction1);
    rootFactor = (float) (1 / correction2);
  }

  /**
   * What a step multiplies by.
   *
   * @param rate the learning rate, with Adam's bias correction in it where the rule has that
   * @param mean Nadam's factor of the mean; gradient: of the gradient; root: of the root
   */
  public record StepFactors(float rate, float mean, float gradient, float root) {}

  /** Those of the step that was begun. */
  public StepFactors factors() {
    return new StepFactors(rate, meanFactor, gradientFactor, rootFactor);
  }

  /**
   * Changes the weights and their states.
   *
   * @param w weights
   * @param g gradient of each
   * @param s the states, in DL4J's order
   * @param from first index, in all arrays alike
   * @param to last index + 1
   */
  public void apply(float[] w, float[] g, float[][] s, int from, int to) {
    switch (name) {
      case SGD -> sgd(w, g, from, to);
      case MOMENTUM -> momentum(w, g, s[0], from, to);
      case NESTEROV -> nesterov(w, g, s[0], from, to);
      case ADAM, ADAMW -> adam(w, g, s, from, to);
      case NADAM -> nadam(w, g, s, from, to);
      case AMSGRAD -> amsGrad(w, g, s, from, to);
      case RMSPROP -> rmsProp(w, g, s[0], from, to);
      case ADAGRAD -> adaGrad(w, g, s[0], from, to);
      default -> throw new IllegalStateException(name.name());
    }
  }

  private void sgd(float[] w, float[] g, int from, int to) {
    for (int i = from; i < to; i++) {
      w[i] -= rate * g[i];
    }
  }

  private void momentum(float[] w, float[] g, float[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      float vi = momentum * v[i] - rate * g[i] + TINY - TINY;
      v[i] = vi;
      w[i] += vi;
    }
  }

  private void nesterov(float[] w, float[] g, float[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      float step = rate * g[i];
      float vi = momentum * v[i] - step + TINY - TINY;
      v[i] = vi;
      w[i] += momentum * vi - step;
    }
  }

  private void adam(float[] w, float[] g, float[][] s, int from, int to) {
    float[] m = s[0];
    float[] v = s[1];
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
      float mi = beta1 * m[i] + rest1 * gi + TINY - TINY;
      float vi = beta2 * v[i] + rest2 * gi * gi + TINY_SQUARE - TINY_SQUARE;
      m[i] = mi;
      v[i] = vi;
      w[i] -= rate * mi / ((float) Math.sqrt(vi) + epsilon);
    }
  }

  private void amsGrad(float[] w, float[] g, float[][] s, int from, int to) {
    float[] m = s[0];
    float[] v = s[1];
    float[] largest = s[2];
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
      float mi = beta1 * m[i] + rest1 * gi + TINY - TINY;
      float vi = beta2 * v[i] + rest2 * gi * gi + TINY_SQUARE - TINY_SQUARE;
      float ui = Math.max(largest[i], vi);
      m[i] = mi;
      v[i] = vi;
      largest[i] = ui;
      w[i] -= rate * mi / ((float) Math.sqrt(ui) + epsilon);
    }
  }

  private void nadam(float[] w, float[] g, float[][] s, int from, int to) {
    float[] m = s[0];
    float[] v = s[1];
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
      float mi = beta1 * m[i] + rest1 * gi + TINY - TINY;
      float vi = beta2 * v[i] + rest2 * gi * gi + TINY_SQUARE - TINY_SQUARE;
      m[i] = mi;
      v[i] = vi;
      w[i] -=
          (meanFactor * mi + gradientFactor * gi) / ((float) Math.sqrt(vi) * rootFactor + epsilon);
    }
  }

  private void rmsProp(float[] w, float[] g, float[] meanOfSquares, int from, int to) {
    float rest = 1 - decay;
    for (int i = from; i < to; i++) {
      float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
      float si = decay * meanOfSquares[i] + rest * gi * gi + TINY_SQUARE - TINY_SQUARE;
      meanOfSquares[i] = si;
      w[i] -= rate * gi / ((float) Math.sqrt(si) + epsilon);
    }
  }

  private void adaGrad(float[] w, float[] g, float[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
      float si = sum[i] + gi * gi;
      sum[i] = si;
      w[i] -= rate * gi / ((float) Math.sqrt(si) + epsilon);
    }
  }
}
