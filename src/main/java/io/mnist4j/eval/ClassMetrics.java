package io.mnist4j.eval;

/**
 * How a network did on one class.
 *
 * @param name of the class
 * @param recall of its images, how many were taken for what they are; unknown where it has none
 * @param precision of the images that were taken for it, how many are of it; unknown where there
 *     are none
 */
public record ClassMetrics(String name, Proportion recall, Proportion precision) {

  /** The number of its images. */
  public long support() {
    return recall.trials();
  }

  /**
   * The harmonic mean of recall and precision, 0 to 1; 0 where one of them is unknown, and not a
   * number where both are.
   */
  public double f1() {
    return 2.0 * recall.successes() / (recall.trials() + precision.trials());
  }
}
