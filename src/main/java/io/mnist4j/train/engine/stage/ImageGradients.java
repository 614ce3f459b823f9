package io.mnist4j.train.engine.stage;

/**
 * A layer whose gradient is a sum of one for each image of the batch, which can be measured and
 * weighed without being laid out. Between {@link Stage#backward} and {@link Trainable#learn}.
 */
public interface ImageGradients {

  /**
   * Adds to each image's number the squared Euclidean norm of its part of the gradient.
   *
   * @param squares one for each image of the batch
   */
  void addSquaredNorms(WorkerPool workers, Scratch[] scratch, double[] squares, int images);

  /**
   * Multiplies each image's part of the gradient by a factor.
   *
   * @param factors one for each image of the batch
   */
  void weigh(WorkerPool workers, Scratch[] scratch, float[] factors, int images);
}
