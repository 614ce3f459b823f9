package io.mnist4j.train.engine;

import io.mnist4j.model.layers.Activation;
import java.util.Optional;

/** An activation that works element by element, and its derivative in terms of its own output. */
record ElementwiseActivation(Activation name) {
  static final ElementwiseActivation IDENTITY = new ElementwiseActivation(Activation.IDENTITY);

  /** Makes 1 of every float above 2.9e-39. */
  private static final float STEEP = Float.MAX_VALUE;

  private static final float LEAK = 0.01f;

  /** Empty where the fused step has none. */
  static Optional<ElementwiseActivation> of(Activation activation) {
    return switch (activation) {
      case RELU, SIGMOID, TANH, IDENTITY, LEAKY_RELU, ELU ->
          Optional.of(new ElementwiseActivation(activation));
      case GELU, SWISH, SOFTMAX -> Optional.empty();
    };
  }

  /** Replaces sums by outputs, from one index to before another. */
  void apply(float[] a, int from, int to) {
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
          a[i] = a[i] > 0 ? a[i] : (float) Math.expm1(a[i]);
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          a[i] = (float) (1 / (1 + Math.exp(-a[i])));
        }
      }
      case TANH -> {
        // By the exponential, which the JVM has as an intrinsic; it is exact to 1e-7 in a float.
        for (int i = from; i < to; i++) {
          a[i] = (float) (1 - 2 / (Math.exp(2.0 * a[i]) + 1));
        }
      }
      default -> {}
    }
  }

  /**
   * Multiplies by the derivative.
   *
   * @param delta of the loss by the output, and afterwards by the sum
   * @param a the outputs
   */
  void multiplyByDerivative(float[] delta, float[] a, int from, int to) {
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
          delta[i] *= Math.min(1, a[i] + 1);
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          delta[i] *= a[i] * (1 - a[i]);
        }
      }
      case TANH -> {
        for (int i = from; i < to; i++) {
          delta[i] *= 1 - a[i] * a[i];
        }
      }
      default -> {}
    }
  }
}
