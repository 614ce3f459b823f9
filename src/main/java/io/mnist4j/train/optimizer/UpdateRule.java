package io.mnist4j.train.optimizer;

/**
 * One optimizer's step on a stretch of weights. In the formulas w is a weight, g its gradient, r
 * the learning rate and t the number of the step, from 1; all that is kept from step to step is 0
 * at first. The sources are given in full at {@link OptimizerSpec.OptimizerName}.
 *
 * <p>Each is one loop over arrays with one index, which the compiler turns into vector code.
 */
public abstract class UpdateRule {
  /*
   * Added to a number and taken off again, each of these makes 0 of what is far too small to matter:
   * of a mean, of a mean of squares, and of a gradient that is about to be squared (the rules that
   * square it add an epsilon of 1e-8 or so to the root). Left alone, these numbers fall until they
   * are denormal, where a weight's gradient stays 0 or the network knows its images by heart; and
   * processors take a hundred times as long for such numbers.
   */
  private static final float TINY = 1e-25f;
  private static final float TINY_SQUARE = 1e-30f;
  private static final float TINY_GRADIENT = 1e-8f;

  private final int states;
  final float beta1;
  final float beta2;
  final float epsilon;
  final float momentum;
  final float decay;

  /** The learning rate of this step; with Adam's bias correction in it where the rule has that. */
  float rate;

  private UpdateRule(OptimizerSpec spec, int states) {
    this.states = states;
    beta1 = (float) spec.beta1();
    beta2 = (float) spec.beta2();
    epsilon = (float) spec.epsilon();
    momentum = (float) spec.momentum();
    decay = (float) spec.decay();
  }

  /** Numbers that are kept for each weight from step to step: what DL4J calls updater state. */
  public final int states() {
    return states;
  }

  /**
   * Before the first stretch of each step.
   *
   * @param stepRate learning rate, above 0
   * @param t number of the step, from 1
   */
  public void begin(double stepRate, int t) {
    rate = (float) stepRate;
  }

  /** r sqrt(1 - beta2^t) / (1 - beta1^t), as at the end of section 2 of Adam's paper. */
  final float biasCorrected(double stepRate, int t) {
    return (float)
        (stepRate * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow((double) beta1, t)));
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
  public abstract void apply(float[] w, float[] g, float[][] s, int from, int to);

  /** Makes the rule of an optimizer, for the weights of one network. */
  public static UpdateRule of(OptimizerSpec spec) {
    return switch (spec.name()) {
      case SGD -> new Sgd(spec);
      case MOMENTUM -> new Momentum(spec);
      case NESTEROV -> new Nesterov(spec);
      case ADAM, ADAMW -> new Adam(spec);
      case NADAM -> new Nadam(spec);
      case AMSGRAD -> new AmsGrad(spec);
      case RMSPROP -> new RmsProp(spec);
      case ADAGRAD -> new AdaGrad(spec);
    };
  }

  /**
   * Gradient descent.
   *
   * <pre>
   * w -= r g
   * </pre>
   */
  private static final class Sgd extends UpdateRule {
    Sgd(OptimizerSpec spec) {
      super(spec, 0);
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
      for (int i = from; i < to; i++) {
        w[i] -= rate * g[i];
      }
    }
  }

  /**
   * Sutskever et al. (2013), equations 1 and 2.
   *
   * <pre>
   * v = momentum v - r g
   * w += v
   * </pre>
   */
  private static final class Momentum extends UpdateRule {
    Momentum(OptimizerSpec spec) {
      super(spec, 1);
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
      float[] v = s[0];
      for (int i = from; i < to; i++) {
        float vi = momentum * v[i] - rate * g[i] + TINY - TINY;
        v[i] = vi;
        w[i] += vi;
      }
    }
  }

  /**
   * Sutskever et al. (2013), equations 3 and 4, for the weights that the gradient is taken at.
   *
   * <pre>
   * v = momentum v - r g
   * w += momentum v - r g
   * </pre>
   */
  private static final class Nesterov extends UpdateRule {
    Nesterov(OptimizerSpec spec) {
      super(spec, 1);
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
      float[] v = s[0];
      for (int i = from; i < to; i++) {
        float step = rate * g[i];
        float vi = momentum * v[i] - step + TINY - TINY;
        v[i] = vi;
        w[i] += momentum * vi - step;
      }
    }
  }

  /**
   * Kingma and Ba (2015), section 2.
   *
   * <pre>
   * m = beta1 m + (1 - beta1) g
   * v = beta2 v + (1 - beta2) g^2
   * w -= r sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)
   * </pre>
   */
  private static final class Adam extends UpdateRule {
    Adam(OptimizerSpec spec) {
      super(spec, 2);
    }

    @Override
    public void begin(double stepRate, int t) {
      rate = biasCorrected(stepRate, t);
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
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
  }

  /**
   * Reddi et al. (2018), with Adam's bias correction.
   *
   * <pre>
   * m = beta1 m + (1 - beta1) g
   * v = beta2 v + (1 - beta2) g^2
   * u = max(u, v)
   * w -= r sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(u) + epsilon)
   * </pre>
   */
  private static final class AmsGrad extends UpdateRule {
    AmsGrad(OptimizerSpec spec) {
      super(spec, 3);
    }

    @Override
    public void begin(double stepRate, int t) {
      rate = biasCorrected(stepRate, t);
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
      float[] m = s[0];
      float[] v = s[1];
      float[] u = s[2];
      float rest1 = 1 - beta1;
      float rest2 = 1 - beta2;
      for (int i = from; i < to; i++) {
        float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
        float mi = beta1 * m[i] + rest1 * gi + TINY - TINY;
        float vi = beta2 * v[i] + rest2 * gi * gi + TINY_SQUARE - TINY_SQUARE;
        float ui = Math.max(u[i], vi);
        m[i] = mi;
        v[i] = vi;
        u[i] = ui;
        w[i] -= rate * mi / ((float) Math.sqrt(ui) + epsilon);
      }
    }
  }

  /**
   * Dozat (2016), Algorithm 2, with a constant beta1.
   *
   * <pre>
   * m = beta1 m + (1 - beta1) g
   * v = beta2 v + (1 - beta2) g^2
   * w -= r (beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t))
   *        / (sqrt(v / (1 - beta2^t)) + epsilon)
   * </pre>
   */
  private static final class Nadam extends UpdateRule {
    private float meanFactor;
    private float gradientFactor;
    private float rootFactor;

    Nadam(OptimizerSpec spec) {
      super(spec, 2);
    }

    @Override
    public void begin(double stepRate, int t) {
      meanFactor = (float) (stepRate * beta1 / (1 - Math.pow(beta1, t + 1)));
      gradientFactor = (float) (stepRate * (1.0 - beta1) / (1 - Math.pow(beta1, t)));
      rootFactor = (float) (1 / Math.sqrt(1 - Math.pow(beta2, t)));
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
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
            (meanFactor * mi + gradientFactor * gi)
                / ((float) Math.sqrt(vi) * rootFactor + epsilon);
      }
    }
  }

  /**
   * Hinton (2012), lecture 6e.
   *
   * <pre>
   * s = decay s + (1 - decay) g^2
   * w -= r g / (sqrt(s) + epsilon)
   * </pre>
   */
  private static final class RmsProp extends UpdateRule {
    RmsProp(OptimizerSpec spec) {
      super(spec, 1);
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
      float[] meanOfSquares = s[0];
      float rest = 1 - decay;
      for (int i = from; i < to; i++) {
        float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
        float si = decay * meanOfSquares[i] + rest * gi * gi + TINY_SQUARE - TINY_SQUARE;
        meanOfSquares[i] = si;
        w[i] -= rate * gi / ((float) Math.sqrt(si) + epsilon);
      }
    }
  }

  /**
   * Duchi et al. (2011), the diagonal form.
   *
   * <pre>
   * s = s + g^2
   * w -= r g / (sqrt(s) + epsilon)
   * </pre>
   */
  private static final class AdaGrad extends UpdateRule {
    AdaGrad(OptimizerSpec spec) {
      super(spec, 1);
    }

    @Override
    public void apply(float[] w, float[] g, float[][] s, int from, int to) {
      float[] sum = s[0];
      for (int i = from; i < to; i++) {
        float gi = g[i] + TINY_GRADIENT - TINY_GRADIENT;
        float si = sum[i] + gi * gi;
        sum[i] = si;
        w[i] -= rate * gi / ((float) Math.sqrt(si) + epsilon);
      }
    }
  }
}
