package io.mnist4j.federated;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * Differential privacy of clients: what each returns is clipped, and noise covers what is left of
 * any one (McMahan, Ramage, Talwar and Zhang, "Learning differentially private recurrent language
 * models", 2018, Algorithm 1, with clients of equal weight). Each client is in a round with the
 * probability {@code fraction}, by itself; the sum of the clipped updates, plus Gaussian noise of
 * deviation noise-multiplier x clip, is divided by the expected number of clients.
 */
public record ClientPrivacy(
    @Key(value = "deviation of the noise by the clip; 0 is no privacy", min = 0, max = 1e6)
        double noiseMultiplier,
    @Key(value = "largest Euclidean norm of a client's update", min = 0, aboveMin = true, max = 1e6)
        double clip,
    @Key(
            value = "probability that the bound epsilon does not hold",
            min = 0,
            aboveMin = true,
            max = 1,
            belowMax = true)
        double delta) {
  /** Without. */
  public static final ClientPrivacy DEFAULT = new ClientPrivacy(0, 1, 1e-5);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public ClientPrivacy {
    ConfigKey.requireInRange(ClientPrivacy.class, noiseMultiplier, clip, delta);
  }

  boolean isOn() {
    return noiseMultiplier > 0;
  }
}
