package io.mnist4j.train.privacy;

import java.util.Arrays;

/**
 * The Rényi divergence of the sampled Gaussian mechanism: a sum over images, each of which is taken
 * with probability q by itself and has a norm of at most 1, plus Gaussian noise of the standard
 * deviation σ. By I. Mironov, K. Talwar and L. Zhang, "Rényi Differential Privacy of the Sampled
 * Gaussian Mechanism" (2019), section 3.3. Two sets of images are neighbours where one has an image
 * more.
 *
 * @param rate q, 0 to 1
 * @param noise σ, at least 0
 */
record SampledGaussian(double rate, double noise) {
  /** Terms of a series below e^-30 of its largest one do not count: signs alternate by then. */
  private static final double NEGLIGIBLE = -30;

  private static final int MOST_TERMS = 100_000;

  /**
   * The divergence of one step, in nats.
   *
   * @param order α, above 1
   */
  double divergence(double order) {
    if (rate == 0) {
      return 0;
    }
    if (noise == 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (rate == 1) {
      return order / (2 * noise * noise);
    }
    double moment = order == Math.rint(order) ? ofWhole((int) order) : ofFraction(order);
    return Math.max(0, moment) / (order - 1);
  }

  /** ln Σ C(α, k) (1 - q)^(α - k) q^k e^((k² - k) / (2 σ²)), for k from 0 to α. */
  private double ofWhole(int order) {
    LogSum sum = new LogSum(order + 1);
    double binomial = 0;
    for (int k = 0; k <= order; k++) {
      sum.add(binomial + weight(k, order - k) + exponent(k), 1);
      binomial += Math.log(order - k) - Math.log(k + 1);
    }
    return sum.logarithm();
  }

  /** ln q^taken (1 - q)^left. */
  private double weight(double taken, double left) {
    return taken * Math.log(rate) + left * Math.log1p(-rate);
  }

  private double exponent(double k) {
    return (k * k - k) / (2 * noise * noise);
  }

  /**
   * The integral is parted where both densities are equally likely, and each part becomes a series
   * in generalised binomial coefficients.
   */
  private double ofFraction(double order) {
    double border = noise * noise * Math.log(1 / rate - 1) + 0.5;
    double width = Math.sqrt(2) * noise;
    LogSum sum = new LogSum(64);
    double binomial = 0;
    int sign = 1;
    for (int i = 0; i < MOST_TERMS; i++) {
      double j = order - i;
      double below = weight(i, j) + exponent(i) + LogErfc.of((i - border) / width);
      double above = weight(j, i) + exponent(j) + LogErfc.of((border - j) / width);
      sum.add(binomial + below, sign);
      sum.add(binomial + above, sign);
      if (i > order && binomial + Math.max(below, above) < sum.largest() + NEGLIGIBLE) {
        break;
      }
      binomial += Math.log(Math.abs(j)) - Math.log(i + 1);
      sign *= j < 0 ? -1 : 1;
    }
    return sum.logarithm() - Math.log(2);
  }

  /** A sum of numbers with a sign whose logarithms are known. */
  private static final class LogSum {
    private double[] logarithms;
    private int[] signs;
    private int count;
    private double largest = Double.NEGATIVE_INFINITY;

    LogSum(int room) {
      logarithms = new double[room];
      signs = new int[room];
    }

    void add(double logarithm, int sign) {
      if (count == signs.length) {
        logarithms = Arrays.copyOf(logarithms, 2 * count);
        signs = Arrays.copyOf(signs, 2 * count);
      }
      logarithms[count] = logarithm;
      signs[count++] = sign;
      largest = Math.max(largest, logarithm);
    }

    double largest() {
      return largest;
    }

    double logarithm() {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += signs[i] * Math.exp(logarithms[i] - largest);
      }
      return largest + Math.log(sum);
    }
  }
}
