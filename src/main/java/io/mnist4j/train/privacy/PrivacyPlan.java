package io.mnist4j.train.privacy;

import io.mnist4j.train.privacy.RenyiAccountant.PrivacyLoss;

/**
 * How a private training is carried out, and what it costs.
 *
 * @param images to learn from, at least 1
 * @param batchSize expected images of a step, at most all
 * @param noise σ, above 0: standard deviation of the noise in units of {@code clip}
 * @param clip bound of the norm of the gradient of one image
 * @param delta δ
 * @param steps of the whole training
 * @param seeded whether chance follows from the seed
 */
public record PrivacyPlan(
    int images,
    int batchSize,
    double noise,
    double clip,
    double delta,
    long steps,
    boolean seeded) {
  /** What was asked last: a run asks for the same noise several times, and it takes a while. */
  private static volatile NoiseSearch lastSearch;

  private record NoiseSearch(double rate, long steps, double epsilon, double delta, double noise) {
    boolean isFor(double otherRate, long otherSteps, PrivacySpec spec) {
      return rate == otherRate
          && steps == otherSteps
          && epsilon == spec.epsilon()
          && delta == spec.delta();
    }
  }

  /** -ln of the probability by which a batch finds no room. */
  private static final double SURETY = 50;

  /**
   * Makes the noise fit where ε is asked for.
   *
   * @param spec that is on
   * @param batchSize as it is set
   * @throws IllegalArgumentException if no noise fits; the message begins with {@code epsilon}
   */
  public static PrivacyPlan of(PrivacySpec spec, int images, int batchSize, long steps) {
    int expected = Math.min(batchSize, images);
    double rate = (double) expected / images;
    double noise = spec.noise() > 0 ? spec.noise() : noise(rate, steps, spec);
    return new PrivacyPlan(
        images, expected, noise, spec.clip(), spec.delta(), steps, spec.seeded());
  }

  private static double noise(double rate, long steps, PrivacySpec spec) {
    NoiseSearch search = lastSearch;
    if (search == null || !search.isFor(rate, steps, spec)) {
      double found = RenyiAccountant.noise(rate, steps, spec.epsilon(), spec.delta());
      search = new NoiseSearch(rate, steps, spec.epsilon(), spec.delta(), found);
      lastSearch = search;
    }
    return search.noise();
  }

  /** Probability by which each image is in a step, above 0, at most 1. */
  public double rate() {
    return (double) batchSize / images;
  }

  /** What steps cost. It takes milliseconds to make, and nothing to ask. */
  public RenyiAccountant accountant() {
    return new RenyiAccountant(rate(), noise);
  }

  /** δ in its shortest form, such as 1e-5. */
  public String deltaText() {
    return text(delta);
  }

  /** A number in its shortest form, such as 1e-5. */
  public static String text(double number) {
    return Double.toString(number).replace(".0E", "e").replace("E", "e");
  }

  /** What the whole training costs. */
  public PrivacyLoss loss() {
    return accountant().loss(steps, delta);
  }

  /**
   * Whether a mechanism that publishes one of the images, as it is, would keep to δ, too: so δ says
   * little.
   */
  public boolean hasLargeDelta() {
    return delta >= 1.0 / images;
  }

  /**
   * The most images of a step: a batch that is drawn larger is cut. By Bernstein's inequality that
   * happens with a probability below e^-50 a step, which is nothing beside δ.
   */
  public int room() {
    return room(batchSize, images);
  }

  /** The same for a training that is not planned yet. */
  public static int room(int batchSize, int images) {
    double third = SURETY / 3;
    double more = third + Math.sqrt(third * third + 2 * SURETY * batchSize);
    return (int) Math.min(images, batchSize + (long) Math.ceil(more));
  }
}
