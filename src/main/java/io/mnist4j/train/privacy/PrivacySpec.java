package io.mnist4j.train.privacy;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * Differentially private training, DP-SGD: Abadi et al., "Deep Learning with Differential Privacy"
 * (2016), algorithm 1. Off where neither epsilon nor noise is set.
 *
 * @param epsilon ε of the whole training, at {@code delta}: the noise is made as large as that
 *     takes; at least 0
 * @param noise in the place of epsilon, the noise multiplier σ: the standard deviation of the noise
 *     on the sum of the gradients, in units of {@code clip}; at least 0
 * @param delta δ, above 0 and below 1; it should lie well below 1 / the number of images
 * @param clip bound of the Euclidean norm of the gradient of each single image; above 0
 * @param seeded whether noise and batches follow from the seed, which anybody can compute again
 */
public record PrivacySpec(
    @Key(value = "bound of the privacy loss; the noise is made to fit; 0 for no privacy", min = 0)
        double epsilon,
    @Key(
            value = "in place of epsilon: deviation of the noise in units of clip; 0 for none",
            min = 0)
        double noise,
    @Key(
            value = "chance that the bound may fail, well below 1 / training images",
            min = 0,
            aboveMin = true,
            max = 1,
            belowMax = true)
        double delta,
    @Key(value = "largest norm of the gradient of one image", min = 0, aboveMin = true) double clip,
    @Key("noise that follows from the seed: for tests, it protects nobody") boolean seeded) {
  /** No privacy. */
  public static final PrivacySpec DEFAULT = new PrivacySpec(0, 0, 1e-5, 1, false);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public PrivacySpec {
    ConfigKey.requireInRange(PrivacySpec.class, epsilon, noise, delta, clip);
    if (epsilon > 0 && noise > 0) {
      throw new IllegalArgumentException("noise must be 0 where epsilon is set, not " + noise);
    }
    boolean off = epsilon == 0 && noise == 0;
    // Whoever sets these believes to be private.
    if (off && (delta != 1e-5 || clip != 1 || seeded)) {
      throw new IllegalArgumentException(
          "epsilon must be above 0, or else noise, where another key of privacy is set; without"
              + " both, nothing is private");
    }
  }

  /** Whether a training is private. */
  public boolean isOn() {
    return epsilon > 0 || noise > 0;
  }
}
