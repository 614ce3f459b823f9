package io.mnist4j.explain;

/**
 * The mean of a figure over images, and how well it is known.
 *
 * @param mean of the images that were measured
 * @param margin half of the 95 % interval of the mean of all such images: 1.96 standard errors; 0
 *     for a single image
 */
public record MeanEstimate(double mean, double margin) {
  private static final double Z = 1.959963984540054;

  /**
   * Of some figures.
   *
   * @param values at least one
   */
  static MeanEstimate of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    int n = values.length;
    return new MeanEstimate(mean, n == 1 ? 0 : Z * Math.sqrt(squares / (n - 1) / n));
  }
}
