package io.mnist4j.train.engine.stage;

/**
 * What has parameters that a step changes, in parts that can be done in any order. How it is
 * divided depends on the shapes alone, never on the number of threads, so that the results do not
 * either. Without parameters it has no parts.
 */
public interface Trainable {

  /** Into how many parts {@link #learn} is divided. */
  default int parts() {
    return 0;
  }

  /**
   * Computes the gradient of one part of the parameters, and applies it.
   *
   * @param part from 0
   * @param images of the batch
   * @param update null to leave the parameters as they are
   */
  default void learn(int part, Scratch scratch, int images, ParameterUpdate update) {}

  /** Applies the gradient of one part of the parameters, which {@link #learn} computed. */
  default void applyGradient(int part, Scratch scratch, ParameterUpdate update) {}

  /** The squared Euclidean norm of the gradient of one part, which {@link #learn} computed. */
  default double squaredNorm(int part, Scratch scratch) {
    return 0;
  }
}
