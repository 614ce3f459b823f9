package io.mnist4j.sweep.space;

/**
 * All whole numbers of a range.
 *
 * @param low the least
 * @param high the greatest, itself one of them; not below low
 * @param log whether steps are factors (for layer widths and the like); low is at least 1 then
 */
public record IntDomain(int low, int high, boolean log) implements Domain {
  /**
   * @throws IllegalArgumentException if there is no such range; the message is to follow the key of
   *     the parameter
   */
  public IntDomain {
    if (low > high) {
      throw new IllegalArgumentException(
          "a range begins with its lower end, not " + low + " before " + high);
    }
    if (log && low < 1) {
      throw new IllegalArgumentException("a logarithmic range begins at 1 or above, not at " + low);
    }
  }

  @Override
  public boolean contains(Object value) {
    if (!(value instanceof Number number)) {
      return false;
    }
    double whole = number.doubleValue();
    return whole == Math.rint(whole) && whole >= low && whole <= high;
  }

  @Override
  public Object at(double unit) {
    double start = scale(low - 0.5);
    double at = start + unit * (scale(high + 0.5) - start);
    double whole = Math.rint(log ? Math.exp(at) : at);
    return (int) Math.min(high, Math.max(low, whole));
  }

  @Override
  public double position(Object value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(
          value + " is not a whole number from " + low + " to " + high);
    }
    return low == high ? 0.5 : unit(((Number) value).intValue());
  }

  /** Where a number, or the border halfway between two, is on the unit interval. */
  public double unit(double number) {
    double start = scale(low - 0.5);
    return (scale(number) - start) / (scale(high + 0.5) - start);
  }

  private double scale(double number) {
    return log ? Math.log(number) : number;
  }
}
