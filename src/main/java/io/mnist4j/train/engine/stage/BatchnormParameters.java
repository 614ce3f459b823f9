package io.mnist4j.train.engine.stage;

/**
 * The parameters of a batch normalisation, where they lie among the network's: γ, β, the running
 * means and the running variances, {@code [features]} each. γ and β are learned without penalties.
 *
 * @param start of all of them
 * @param features units, or channels
 */
public record BatchnormParameters(FlatArrays arrays, int start, int features) {

  /** How many there are of all kinds. */
  public int count() {
    return 4 * features;
  }

  public float gamma(int feature) {
    return arrays.parameterBuffer.get(start + feature);
  }

  public float beta(int feature) {
    return arrays.parameterBuffer.get(start + features + feature);
  }

  public float mean(int feature) {
    return arrays.parameterBuffer.get(meanStart() + feature);
  }

  public float variance(int feature) {
    return arrays.parameterBuffer.get(meanStart() + features + feature);
  }

  /** Where what gradients change ends. */
  private int meanStart() {
    return start + 2 * features;
  }

  public void setAverages(int feature, float mean, float variance) {
    arrays.parameterBuffer.put(meanStart() + feature, mean);
    arrays.parameterBuffer.put(meanStart() + features + feature, variance);
  }

  /** Sets the derivative of the loss by γ and β. */
  public void setGradients(int feature, double byGamma, double byBeta) {
    arrays.gradientBuffer.put(start + feature, (float) byGamma);
    arrays.gradientBuffer.put(start + features + feature, (float) byBeta);
  }

  /** Changes γ and β by their gradients. */
  public void applyGradient(Scratch scratch, ParameterUpdate update) {
    scratch.update(arrays, update, start, meanStart(), false);
  }

  /** The squared Euclidean norm of the gradients of γ and β. */
  public double squaredNorm(Scratch scratch) {
    return scratch.squaredNorm(arrays.gradientBuffer, start, meanStart());
  }
}
