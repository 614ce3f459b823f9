package io.mnist4j.data.tabular;

/** Decimal numbers, read from bytes without a string for each. */
final class Decimals {
  /** A longer one gets no further digits: 18 are more than a double holds. */
  private static final long MAX_MANTISSA = 100_000_000_000_000_000L;

  private static final int MAX_EXPONENT = 9_999;

  /** The powers of ten that a double holds exactly. */
  private static final double[] POWERS = new double[23];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private Decimals() {}

  /**
   * A number such as {@code 7}, {@code -0.5}, {@code .25} or {@code 1.270e+02}; NaN if it is none.
   */
  static double parse(byte[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (at < to && (negative || text[at] == '+')) {
      at++;
    }
    long mantissa = 0;
    int exponent = 0;
    int digits = 0;
    for (; at < to && isDigit(text[at]); at++, digits++) {
      if (mantissa < MAX_MANTISSA) {
        mantissa = 10 * mantissa + text[at] - '0';
      } else {
        exponent++;
      }
    }
    if (at < to && text[at] == '.') {
      at++;
      for (; at < to && isDigit(text[at]); at++, digits++) {
        if (mantissa < MAX_MANTISSA) {
          mantissa = 10 * mantissa + text[at] - '0';
          exponent--;
        }
      }
    }
    int written = at < to && digits > 0 ? exponent(text, at, to) : 0;
    if (digits == 0 || written > MAX_EXPONENT) {
      return Double.NaN;
    }
    double value = scaled(mantissa, exponent + written);
    return negative ? -value : value;
  }

  static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** What stands behind the e; more than the largest exponent if there is something else. */
  private static int exponent(byte[] text, int from, int to) {
    int at = from + 1;
    boolean negative = at < to && text[at] == '-';
    if (at < to && (negative || text[at] == '+')) {
      at++;
    }
    if ((text[from] | 0x20) != 'e' || at == to) {
      return Integer.MAX_VALUE;
    }
    int exponent = 0;
    for (; at < to; at++) {
      if (!isDigit(text[at])) {
        return Integer.MAX_VALUE;
      }
      exponent = Math.min(MAX_EXPONENT, 10 * exponent + text[at] - '0');
    }
    return negative ? -exponent : exponent;
  }

  private static double scaled(long mantissa, int exponent) {
    if (mantissa == 0 || exponent == 0) {
      return mantissa;
    }
    if (exponent < 0 && -exponent < POWERS.length) {
      return mantissa / POWERS[-exponent];
    }
    if (exponent > 0 && exponent < POWERS.length) {
      return mantissa * POWERS[exponent];
    }
    return mantissa * Math.pow(10, exponent);
  }
}
