package io.mnist4j.train.privacy;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What the steps of a training cost in privacy. The Rényi divergences of the steps ({@link
 * SampledGaussian}) add up, and are converted to (ε, δ) at the order where that is least.
 */
public final class RenyiAccountant {
  /** How files name what is computed here. */
  public static final String NAME =
      "Renyi accountant of the sampled Gaussian mechanism (Mironov, Talwar and Zhang 2019)";

  /** How files name the conversion to (ε, δ). */
  public static final String CONVERSION =
      "Canonne, Kamath and Steinke 2020, proposition 12; Balle et al. 2020, theorem 21";

  /** 1.1 to 10.9 and 12 to 63, as Opacus has them, and higher ones for small ε. */
  private static final double[] ORDERS =
      DoubleStream.concat(
              DoubleStream.iterate(11, tenth -> tenth < 110, tenth -> tenth + 1).map(t -> t / 10),
              DoubleStream.concat(
                  DoubleStream.iterate(11, order -> order < 64, order -> order + 1),
                  DoubleStream.of(64, 80, 96, 128, 192, 256, 384, 512, 768, 1024)))
          .toArray();

  private static final double LARGEST_NOISE = 1e6;
  private static final double SMALLEST_NOISE = 1e-2;
  private static final double PRECISION = 1e-6;

  private final double[] orders;

  /** Of one step, at each order. */
  private final double[] divergences;

  /**
   * @param rate probability by which each image is in a step, 0 to 1
   * @param noise standard deviation in units of the bound of a gradient, at least 0
   */
  public RenyiAccountant(double rate, double noise) {
    this(rate, noise, ORDERS);
  }

  RenyiAccountant(double rate, double noise, double... orders) {
    this.orders = orders.clone();
    SampledGaussian step = new SampledGaussian(rate, noise);
    divergences = Arrays.stream(orders).map(step::divergence).toArray();
  }

  /**
   * A bound of the privacy loss.
   *
   * @param epsilon ε, at least 0
   * @param order the α at which it is least
   */
  public record PrivacyLoss(double epsilon, double order) {}

  /** Makes ε of a divergence at an order. */
  @FunctionalInterface
  private interface Conversion {
    double epsilon(double divergence, double order);
  }

  /**
   * ε after some steps. Proposition 12 of C. Canonne, G. Kamath and T. Steinke, "The Discrete
   * Gaussian for Differential Privacy" (2020); the same as theorem 21 of B. Balle et al.,
   * "Hypothesis Testing Interpretations and Renyi Differential Privacy" (2020), and what Opacus and
   * TensorFlow Privacy compute.
   *
   * @param delta δ, above 0 and below 1
   */
  public PrivacyLoss loss(long steps, double delta) {
    return least(
        steps,
        (divergence, order) ->
            divergence + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1));
  }

  /**
   * The same by the conversion of I. Mironov, "Rényi Differential Privacy" (2017), proposition 3:
   * somewhat larger, and what tables before 2020 show.
   */
  public PrivacyLoss lossOfMironov(long steps, double delta) {
    return least(steps, (divergence, order) -> divergence - Math.log(delta) / (order - 1));
  }

  private PrivacyLoss least(long steps, Conversion conversion) {
    PrivacyLoss least = new PrivacyLoss(Double.POSITIVE_INFINITY, orders[0]);
    if (steps == 0) {
      return new PrivacyLoss(0, orders[0]);
    }
    for (int i = 0; i < orders.length; i++) {
      double epsilon = Math.max(0, conversion.epsilon(steps * divergences[i], orders[i]));
      if (epsilon < least.epsilon()) {
        least = new PrivacyLoss(epsilon, orders[i]);
      }
    }
    return least;
  }

  /**
   * The least noise by which some steps stay within ε.
   *
   * @throws IllegalArgumentException if no noise is enough, or nearly none is needed; the message
   *     begins with {@code epsilon}
   */
  public static double noise(double rate, long steps, double epsilon, double delta) {
    double high = 1;
    while (epsilon(rate, high, steps, delta) > epsilon) {
      high *= 2;
      if (high > LARGEST_NOISE) {
        throw new IllegalArgumentException(
            "epsilon must be larger, not %s: no noise brings %d steps with delta %s below %.3g"
                .formatted(
                    PrivacyPlan.text(epsilon),
                    steps,
                    PrivacyPlan.text(delta),
                    epsilon(rate, high, steps, delta)));
      }
    }
    double low = high / 2;
    while (epsilon(rate, low, steps, delta) <= epsilon) {
      high = low;
      low /= 2;
      if (low < SMALLEST_NOISE) {
        throw new IllegalArgumentException(
            "epsilon must be smaller, not %s: it takes nearly no noise, and protects nobody"
                .formatted(PrivacyPlan.text(epsilon)));
      }
    }
    while (high - low > PRECISION * high) {
      double middle = (low + high) / 2;
      if (epsilon(rate, middle, steps, delta) <= epsilon) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static double epsilon(double rate, double noise, long steps, double delta) {
    return new RenyiAccountant(rate, noise).loss(steps, delta).epsilon();
  }
}
