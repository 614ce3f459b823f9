package io.mnist4j.sweep.search;

/** The standard normal distribution. */
final class Normal {
  private Normal() {}

  /** The probability of a number between two, of which the first is not the greater. */
  static double between(double from, double to) {
    // Both in the lower tail, where small probabilities are exact.
    return from > 0 ? below(-from) - below(-to) : below(to) - below(from);
  }

  /**
   * The probability of a smaller number: West (2005) after Hart (1968), to 15 decimal places, and
   * to 8 digits far out.
   */
  static double below(double x) {
    double z = Math.abs(x);
    double tail;
    if (z > 37) {
      tail = 0;
    } else {
      double bell = Math.exp(-z * z / 2);
      if (z < 7.07106781186547) {
        double above = 3.52624965998911e-2 * z + 0.700383064443688;
        above = above * z + 6.37396220353165;
        above = above * z + 33.912866078383;
        above = above * z + 112.079291497871;
        above = above * z + 221.213596169931;
        above = above * z + 220.206867912376;
        double under = 8.83883476483184e-2 * z + 1.75566716318264;
        under = under * z + 16.064177579207;
        under = under * z + 86.7807322029461;
        under = under * z + 296.564248779674;
        under = under * z + 637.333633378831;
        under = under * z + 793.826512519948;
        under = under * z + 440.413735824752;
        tail = bell * above / under;
      } else {
        double fraction = z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))));
        tail = bell / fraction / 2.506628274631;
      }
    }
    return x > 0 ? 1 - tail : tail;
  }
}
