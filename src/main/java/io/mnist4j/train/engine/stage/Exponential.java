package io.mnist4j.train.engine.stage;

/**
 * The exponential function to 1e-9, which is more than a float has, in half the time of {@link
 * Math#exp}, and with the same bits on every machine.
 */
public final class Exponential {
  private static final double LOG2_E = 1 / Math.log(2);
  private static final double LN_2 = Math.log(2);

  /** Beyond it, e<sup>x</sup> or its reciprocal overflows. */
  private static final double LARGEST = 708;

  /** Added to a small number, it leaves the nearest integer in the last bits of the sum. */
  private static final double ROUNDING = 0x1.8p52;

  private static final int EXPONENT_BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  private Exponential() {}

  /**
   * e<sup>x</sup> as 2<sup>n</sup> e<sup>r</sup> with |r| ≤ ln 2 / 2, and e<sup>r</sup> by the
   * first nine terms of its Taylor series.
   *
   * @param x what is beyond ±708 is taken for that
   */
  public static double exp(double x) {
    double bounded = Math.max(-LARGEST, Math.min(LARGEST, x));
    double rounded = bounded * LOG2_E + ROUNDING;
    double r = bounded - (rounded - ROUNDING) * LN_2;
    long n = Double.doubleToRawLongBits(rounded) + EXPONENT_BIAS;
    double powerOf2 = Double.longBitsToDouble(n << MANTISSA_BITS);
    double r2 = r * r;
    double r4 = r2 * r2;
    // In pairs, which do not wait for each other.
    double low = 1 + r + r2 * (1.0 / 2 + r * (1.0 / 6));
    double high = 1.0 / 24 + r * (1.0 / 120) + r2 * (1.0 / 720 + r * (1.0 / 5_040));
    return powerOf2 * (low + r4 * (high + r4 * (1.0 / 40_320)));
  }
}
