package io.mnist4j.train;

import io.mnist4j.data.Key;
import java.util.Objects;

/**
 * Adam (Kingma and Ba, 2015): how gradients change the weights.
 *
 * @param name the method
 * @param learningRate step size at the start, above 0
 * @param beta1 decay of the mean of the gradients, 0 to below 1
 * @param beta2 decay of the mean of their squares, 0 to below 1
 * @param epsilon added to the root of the latter, above 0
 */
public record OptimizerSpec(
    @Key("the method") Name name,
    @Key(value = "step size at the start", min = 0, aboveMin = true, max = 100) double learningRate,
    @Key(value = "decay of the mean of the gradients", min = 0, max = 1, belowMax = true)
        double beta1,
    @Key(value = "decay of the mean of their squares", min = 0, max = 1, belowMax = true)
        double beta2,
    @Key(value = "added to the root of the latter", min = 0, aboveMin = true, max = 1)
        double epsilon) {
  /** Adam at 5e-3, with Keras' other constants. */
  public static final OptimizerSpec DEFAULT = new OptimizerSpec(Name.ADAM, 5e-3, 0.9, 0.999, 1e-7);

  /** The methods there are. */
  public enum Name {
    ADAM
  }

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public OptimizerSpec {
    Objects.requireNonNull(name, "name");
    if (!(learningRate > 0 && learningRate <= 100)) {
      throw new IllegalArgumentException(
          "learning-rate must be above 0 and at most 100, not " + learningRate);
    }
    if (!(beta1 >= 0 && beta1 < 1)) {
      throw new IllegalArgumentException("beta1 must be at least 0 and below 1, not " + beta1);
    }
    if (!(beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException("beta2 must be at least 0 and below 1, not " + beta2);
    }
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon must be above 0 and at most 1, not " + epsilon);
    }
  }
}
