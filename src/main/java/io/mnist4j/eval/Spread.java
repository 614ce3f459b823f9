package io.mnist4j.eval;

import java.util.List;

/**
 * How a figure varies from one training to the next.
 *
 * @param mean of the values
 * @param sd the sample's standard deviation, with n - 1 below the line; 0 for a single value
 * @param min the smallest
 * @param max the largest
 */
public record Spread(double mean, double sd, double min, double max) {
  /**
   * Of some values.
   *
   * @param values at least one
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no value");
    }
    int n = values.size();
    double mean = values.stream().mapToDouble(value -> value).sum() / n;
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new Spread(
        mean,
        n == 1 ? 0 : Math.sqrt(squares / (n - 1)),
        values.stream().mapToDouble(value -> value).min().orElseThrow(),
        values.stream().mapToDouble(value -> value).max().orElseThrow());
  }
}
