package io.mnist4j.train.engine.stage;

import io.mnist4j.model.layers.Activation;

/** An activation that works element by element, and its derivative. */
public record ElementwiseActivation(Activation name) {
  /** Makes 1 of every float above 2.9e-39. */
  private static final float STEEP = Float.MAX_VALUE;

  private static final float LEAK = 0.01f;

  /** A saturated unit has outputs and derivatives that small. */
  private static final float TINY = ActivationBuffer.TINY;

  /** See {@link Activation#GELU}. */
  private static final double GELU_SLOPE = 1.702;

  /** What a dense layer does itself: nothing for a softmax, which is a layer of its own. */
  public static ElementwiseActivation of(Activation activation) {
    return new ElementwiseActivation(
        activation == Activation.SOFTMAX ? Activation.IDENTITY : activation);
  }

  public boolean isIdentity() {
    return name == Activation.IDENTITY;
  }

  public boolean isRelu() {
    return name == Activation.RELU;
  }

  /** Whether the derivative is computed from the sums; else from the outputs. */
  public boolean needsSums() {
    return name == Activation.GELU || name == Activation.SWISH;
  }

  /** Replaces sums by outputs, from one index to before another. */
  public void apply(float[] a, int from, int to) {
    switch (name) {
      case RELU -> {
        for (int i = from; i < to; i++) {
          a[i] = Math.max(0, a[i]);
        }
      }
      case LEAKY_RELU -> {
        for (int i = from; i < to; i++) {
          a[i] = Math.max(a[i], LEAK * a[i]);
        }
      }
      case ELU -> {
        for (int i = from; i < to; i++) {
          a[i] = a[i] > 0 ? a[i] : (float) (Exponential.exp(a[i]) - 1);
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          a[i] = (float) (1 / (1 + Exponential.exp(-a[i]))) + TINY - TINY;
        }
      }
      case TANH -> {
        for (int i = from; i < to; i++) {
          a[i] = (float) (1 - 2 / (Exponential.exp(2.0 * a[i]) + 1));
        }
      }
      case GELU -> sigmoidLinear(GELU_SLOPE, a, from, to);
      case SWISH -> sigmoidLinear(1, a, from, to);
      default -> {}
    }
  }

  /**
   * Multiplies by the derivative.
   *
   * @param delta of the loss by the output, and afterwards by the sum
   * @param a the outputs, or the sums where it {@link #needsSums}
   */
  public void multiplyByDerivative(float[] delta, float[] a, int from, int to) {
    switch (name) {
      case RELU -> {
        // Without a branch, which would be guessed wrong half of the time.
        for (int i = from; i < to; i++) {
          delta[i] *= Math.min(1, a[i] * STEEP);
        }
      }
      case LEAKY_RELU -> {
        for (int i = from; i < to; i++) {
          delta[i] *= a[i] >= 0 ? 1 : LEAK;
        }
      }
      case ELU -> {
        for (int i = from; i < to; i++) {
          delta[i] = delta[i] * Math.min(1, a[i] + 1) + TINY - TINY;
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          delta[i] = delta[i] * (a[i] * (1 - a[i])) + TINY - TINY;
        }
      }
      case TANH -> {
        for (int i = from; i < to; i++) {
          delta[i] = delta[i] * (1 - a[i] * a[i]) + TINY - TINY;
        }
      }
      case GELU -> multiplyBySlope(GELU_SLOPE, delta, a, from, to);
      case SWISH -> multiplyBySlope(1, delta, a, from, to);
      default -> {}
    }
  }

  /** x σ(kx). */
  private static void sigmoidLinear(double k, float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = (float) (a[i] / (1 + Exponential.exp(-k * a[i]))) + TINY - TINY;
    }
  }

  /** The derivative of x σ(kx): σ(kx) (1 + kx (1 - σ(kx))). */
  private static void multiplyBySlope(double k, float[] delta, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      double sigmoid = 1 / (1 + Exponential.exp(-k * x[i]));
      double slope = sigmoid * (1 + k * x[i] * (1 - sigmoid));
      delta[i] = (float) (delta[i] * slope) + TINY - TINY;
    }
  }
}
