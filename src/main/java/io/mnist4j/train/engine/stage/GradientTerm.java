package io.mnist4j.train.engine.stage;

/**
 * What is added to the gradient of each parameter in every step: offset + pull (w - start). The
 * start is what the learner began with.
 *
 * @param offset one for each parameter of the network, in its order; null for none
 * @param pull at least 0
 */
public record GradientTerm(float[] offset, float pull) {

  /**
   * Adds it to some gradients.
   *
   * @param offsets of the same parameters; not read where the term has none
   * @param starts what the weights were at first; not read where there is no pull
   * @param first index of the gradients and the weights that the arrays begin with
   */
  public void add(
      float[] weights, float[] gradients, int first, float[] offsets, float[] starts, int count) {
    if (offset != null) {
      for (int i = 0; i < count; i++) {
        gradients[first + i] += offsets[i];
      }
    }
    if (pull > 0) {
      for (int i = 0; i < count; i++) {
        gradients[first + i] += pull * (weights[first + i] - starts[i]);
      }
    }
  }
}
