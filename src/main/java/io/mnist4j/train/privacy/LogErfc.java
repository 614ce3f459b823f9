package io.mnist4j.train.privacy;

/** The logarithm of the complementary error function, without underflow. */
final class LogErfc {
  /** Above it the continued fraction converges quickly, below it the series. */
  private static final double SERIES_END = 2;

  private static final int MOST_TERMS = 500;
  private static final double TINY = 1e-300;

  private LogErfc() {}

  /** ln erfc(x). */
  static double of(double x) {
    if (x >= SERIES_END) {
      return -x * x - Math.log(fraction(x) * Math.sqrt(Math.PI));
    }
    if (x <= -SERIES_END) {
      return Math.log(2 - Math.exp(of(-x)));
    }
    return Math.log1p(-erf(x));
  }

  /** Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.6: all terms of one sign. */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < MOST_TERMS && Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /**
   * The same, 7.1.14: {@code e^(x²) √π erfc(x) = 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...
   * ))))}. Returns what is divided by, by Lentz's method.
   */
  private static double fraction(double x) {
    double value = x;
    double c = x;
    double d = 0;
    for (int n = 1; n < MOST_TERMS; n++) {
      double a = n / 2.0;
      d = 1 / Math.max(TINY, x + a * d);
      c = Math.max(TINY, x + a / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < 1e-16) {
        break;
      }
    }
    return value;
  }
}
