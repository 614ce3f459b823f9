package io.mnist4j.train.optimizer;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;

/**
 * How large a gradient may be: that of the batch's mean loss, before penalties are added and before
 * the optimizer sees it. 0 is off.
 *
 * @param norm bound of the Euclidean norm over all parameters together: a longer gradient is scaled
 *     to it, as Pascanu et al., "On the difficulty of training recurrent neural networks" (2013),
 *     Algorithm 1; at least 0
 * @param value bound of each element, at least 0; not together with norm
 */
public record ClippingSpec(
    @Key(value = "largest norm of all gradients together; 0 for any", min = 0) double norm,
    @Key(value = "largest magnitude of each gradient; 0 for any", min = 0) double value) {
  /** None. */
  public static final ClippingSpec DEFAULT = new ClippingSpec(0, 0);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public ClippingSpec {
    ConfigKey.requireInRange(ClippingSpec.class, norm, value);
    if (norm > 0 && value > 0) {
      throw new IllegalArgumentException("value must be 0 where norm is set, not " + value);
    }
  }
}
