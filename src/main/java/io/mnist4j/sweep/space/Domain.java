package io.mnist4j.sweep.space;

/**
 * The values that one parameter may take. Each domain is mapped to the unit interval, uniformly or
 * in the logarithm; each whole number and each choice has an interval of its own there.
 */
public sealed interface Domain permits FloatDomain, IntDomain, Choice {
  /** Whether a parameter of this domain may have the value; numbers of any type are compared. */
  boolean contains(Object value);

  /**
   * The value at a place on the unit interval: low at 0, high at 1, the first choice at 0.
   *
   * @param unit 0 to 1
   * @return a {@link Double}, an {@link Integer} or one of the choices
   */
  Object at(double unit);

  /**
   * The place of a value on the unit interval, such that {@code at(position(value))} is the value
   * up to rounding: the middle of its interval for a choice. A domain of one value has it at 0.5.
   *
   * @throws IllegalArgumentException if the domain does not contain it
   */
  double position(Object value);
}
