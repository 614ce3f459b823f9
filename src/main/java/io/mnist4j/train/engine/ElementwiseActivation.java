package io.mnist4j.train.engine;

import io.mnist4j.model.layers.Activation;
import java.util.Optional;

/** An activation that works element by element, and its derivative in terms of its own output. */
abstract class ElementwiseActivation {
  /** Makes 1 of every float above 2.9e-39. */
  private static final float STEEP = Float.MAX_VALUE;

  private static final float LEAK = 0.01f;

  /** Empty where the fused step has none. */
  static Optional<ElementwiseActivation> of(Activation activation) {
    return switch (activation) {
      case RELU -> Optional.of(new Relu());
      case SIGMOID -> Optional.of(new Sigmoid());
      case TANH -> Optional.of(new Tanh());
      case IDENTITY -> Optional.of(new Identity());
      case LEAKY_RELU -> Optional.of(new LeakyRelu());
      case ELU -> Optional.of(new Elu());
      case GELU, SWISH, SOFTMAX -> Optional.empty();
    };
  }

  /** Replaces sums by outputs, from one index to before another. */
  abstract void apply(float[] a, int from, int to);

  /**
   * Multiplies by the derivative.
   *
   * @param delta of the loss by the output, and afterwards by the sum
   * @param a the outputs
   */
  abstract void multiplyByDerivative(float[] delta, float[] a, int from, int to);

  private static final class Relu extends ElementwiseActivation {
    @Override
    void apply(float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = Math.max(0, a[i]);
      }
    }

    /** Without a branch, which would be guessed wrong half of the time. */
    @Override
    void multiplyByDerivative(float[] delta, float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        delta[i] *= Math.min(1, a[i] * STEEP);
      }
    }
  }

  private static final class LeakyRelu extends ElementwiseActivation {
    @Override
    void apply(float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = Math.max(a[i], LEAK * a[i]);
      }
    }

    @Override
    void multiplyByDerivative(float[] delta, float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        delta[i] *= a[i] >= 0 ? 1 : LEAK;
      }
    }
  }

  private static final class Elu extends ElementwiseActivation {
    @Override
    void apply(float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = a[i] > 0 ? a[i] : (float) Math.expm1(a[i]);
      }
    }

    @Override
    void multiplyByDerivative(float[] delta, float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        delta[i] *= Math.min(1, a[i] + 1);
      }
    }
  }

  private static final class Sigmoid extends ElementwiseActivation {
    @Override
    void apply(float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = (float) (1 / (1 + Math.exp(-a[i])));
      }
    }

    @Override
    void multiplyByDerivative(float[] delta, float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        delta[i] *= a[i] * (1 - a[i]);
      }
    }
  }

  private static final class Tanh extends ElementwiseActivation {
    /** By the exponential, which the JVM has as an intrinsic; it is exact to 1e-7 in a float. */
    @Override
    void apply(float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = (float) (1 - 2 / (Math.exp(2.0 * a[i]) + 1));
      }
    }

    @Override
    void multiplyByDerivative(float[] delta, float[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        delta[i] *= 1 - a[i] * a[i];
      }
    }
  }

  static final class Identity extends ElementwiseActivation {
    @Override
    void apply(float[] a, int from, int to) {}

    @Override
    void multiplyByDerivative(float[] delta, float[] a, int from, int to) {}
  }
}
