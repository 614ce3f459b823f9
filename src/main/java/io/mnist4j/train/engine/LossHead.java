package io.mnist4j.train.engine;

import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Loss;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.engine.stage.ElementwiseActivation;

/**
 * The activation of the output layer with the loss: for one image at a time, in double precision.
 */
abstract class LossHead {
  /** What DL4J's softmax cross-entropy clips a probability to, before it takes the logarithm. */
  private static final double LOWEST_LOGARITHM = Math.log(1e-10);

  /** What the output layer's binary cross-entropy is built with: see {@link Loss}. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  static LossHead of(OutputSpec output) {
    if (output.loss() == Loss.MSE) {
      return output.activation() == Activation.SOFTMAX
          ? new SoftmaxSquaredError()
          : new SquaredError(ElementwiseActivation.of(output.activation()));
    }
    return output.activation() == Activation.SOFTMAX
        ? new SoftmaxCrossEntropy()
        : new SigmoidCrossEntropy();
  }

  /** Replaces the sums of one image by the network's outputs. */
  abstract void activate(double[] z);

  /**
   * The class of the largest output of one image, of equals the first.
   *
   * @param z the sums of its outputs; softmax and sigmoid keep their order
   */
  int said(double[] z) {
    int best = 0;
    for (int c = 1; c < z.length; c++) {
      if (z[c] > z[best]) {
        best = c;
      }
    }
    return best;
  }

  /**
   * The loss of one image.
   *
   * @param y the sums of its outputs; afterwards the derivatives of the loss by them
   * @param targets what the outputs shall become
   */
  abstract double differentiate(double[] y, float[] targets);

  private static void softmax(double[] z) {
    double sum = exponentials(z, largest(z));
    for (int c = 0; c < z.length; c++) {
      z[c] /= sum;
    }
  }

  private static double largest(double[] z) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : z) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  private static double exponentials(double[] z, double shift) {
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      z[c] = Math.exp(z[c] - shift);
      sum += z[c];
    }
    return sum;
  }

  private static final class SoftmaxCrossEntropy extends LossHead {
    @Override
    void activate(double[] z) {
      softmax(z);
    }

    @Override
    double differentiate(double[] y, float[] targets) {
      double shift = largest(y);
      double[] z = y.clone();
      double sum = exponentials(y, shift);
      double ofTargets = 0;
      double logarithmOfSum = shift + Math.log(sum);
      for (int c = 0; c < y.length; c++) {
        y[c] = y[c] / sum - targets[c];
        if (targets[c] != 0) {
          ofTargets += targets[c] * Math.max(LOWEST_LOGARITHM, z[c] - logarithmOfSum);
        }
      }
      return -ofTargets;
    }
  }

  private static final class SigmoidCrossEntropy extends LossHead {
    @Override
    void activate(double[] z) {
      for (int c = 0; c < z.length; c++) {
        z[c] = 1 / (1 + Math.exp(-z[c]));
      }
    }

    @Override
    double differentiate(double[] y, float[] targets) {
      double loss = 0;
      activate(y);
      for (int c = 0; c < y.length; c++) {
        double p = Math.max(SMALLEST_PROBABILITY, Math.min(1 - SMALLEST_PROBABILITY, y[c]));
        double t = targets[c];
        loss -= t * Math.log(p) + (1 - t) * Math.log(1 - p);
        y[c] = (p - t) / (p * (1 - p)) * y[c] * (1 - y[c]);
      }
      return loss;
    }
  }

  /** The mean over the outputs of one image. */
  private static final class SquaredError extends LossHead {
    private final ElementwiseActivation activation;

    SquaredError(ElementwiseActivation activation) {
      this.activation = activation;
    }

    @Override
    void activate(double[] z) {
      float[] a = inSinglePrecision(z);
      activation.apply(a, 0, a.length);
      copy(a, z);
    }

    /** An activation such as GELU does not keep the order of the sums. */
    @Override
    int said(double[] z) {
      double[] outputs = z.clone();
      activate(outputs);
      return super.said(outputs);
    }

    private static void copy(float[] from, double[] to) {
      for (int c = 0; c < to.length; c++) {
        to[c] = from[c];
      }
    }

    private static float[] inSinglePrecision(double[] z) {
      float[] a = new float[z.length];
      for (int c = 0; c < z.length; c++) {
        a[c] = (float) z[c];
      }
      return a;
    }

    @Override
    double differentiate(double[] y, float[] targets) {
      float[] z = inSinglePrecision(y);
      float[] a = z.clone();
      activation.apply(a, 0, a.length);
      float[] delta = new float[a.length];
      double sum = 0;
      for (int c = 0; c < a.length; c++) {
        float error = a[c] - targets[c];
        sum += (double) error * error;
        delta[c] = 2 * error / a.length;
      }
      activation.multiplyByDerivative(delta, activation.needsSums() ? z : a, 0, a.length);
      copy(delta, y);
      return sum / a.length;
    }
  }

  private static final class SoftmaxSquaredError extends LossHead {
    @Override
    void activate(double[] z) {
      softmax(z);
    }

    @Override
    double differentiate(double[] y, float[] targets) {
      softmax(y);
      double sum = 0;
      double common = 0;
      for (int c = 0; c < y.length; c++) {
        double error = y[c] - targets[c];
        sum += error * error;
        common += 2 * error / y.length * y[c];
      }
      for (int c = 0; c < y.length; c++) {
        y[c] *= 2 * (y[c] - targets[c]) / y.length - common;
      }
      return sum / y.length;
    }
  }
}
