package io.mnist4j.train.engine.stage;

/**
 * The weights of some units, or filters, and a bias of each, where they lie among the network's.
 *
 * @param weightStart of the weights, {@code [units, weightsOfUnit]}
 * @param biasStart of the biases, {@code [units]}
 */
public record UnitParameters(FlatArrays arrays, int weightStart, int biasStart, int weightsOfUnit) {

  /** Where the weights of a unit begin. */
  public int weights(int unit) {
    return weightStart + unit * weightsOfUnit;
  }

  /**
   * Changes the units {@code first} to {@code end - 1} by their gradient. Biases have no penalty.
   */
  public void applyGradient(int first, int end, Scratch scratch, ParameterUpdate update) {
    scratch.update(arrays, update, weights(first), weights(end), true);
    scratch.update(arrays, update, biasStart + first, biasStart + end, false);
  }

  /** The squared Euclidean norm of the gradient of the units {@code first} to {@code end - 1}. */
  public double squaredNorm(int first, int end, Scratch scratch) {
    return scratch.squaredNorm(arrays.gradientBuffer, weights(first), weights(end))
        + scratch.squaredNorm(arrays.gradientBuffer, biasStart + first, biasStart + end);
  }
}
