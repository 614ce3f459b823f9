package io.mnist4j.sweep.space;

/**
 * All numbers of a range.
 *
 * @param low the least
 * @param high the greatest, itself one of them; not below low
 * @param log whether steps are factors (for learning rates and the like); low is above 0 then
 */
public record FloatDomain(double low, double high, boolean log) implements Domain {
  /**
   * @throws IllegalArgumentException if there is no such range; the message is to follow the key of
   *     the parameter
   */
  public FloatDomain {
    if (!Double.isFinite(low) || !Double.isFinite(high) || !Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "a range needs two finite ends, not " + low + " and " + high);
    }
    if (low > high) {
      throw new IllegalArgumentException(
          "a range begins with its lower end, not " + low + " before " + high);
    }
    if (log && low <= 0) {
      throw new IllegalArgumentException("a logarithmic range begins above 0, not at " + low);
    }
  }

  @Override
  public boolean contains(Object value) {
    if (!(value instanceof Number number)) {
      return false;
    }
    double real = number.doubleValue();
    return real >= low && real <= high;
  }

  @Override
  public Object at(double unit) {
    // Rounding would miss the ends.
    if (unit <= 0) {
      return low;
    }
    if (unit >= 1) {
      return high;
    }
    double real =
        log
            ? Math.exp(Math.log(low) + unit * (Math.log(high) - Math.log(low)))
            : low + unit * (high - low);
    return Math.min(high, Math.max(low, real));
  }

  @Override
  public double position(Object value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(value + " is not a number from " + low + " to " + high);
    }
    if (low == high) {
      return 0.5;
    }
    double real = ((Number) value).doubleValue();
    return log
        ? (Math.log(real) - Math.log(low)) / (Math.log(high) - Math.log(low))
        : (real - low) / (high - low);
  }
}
