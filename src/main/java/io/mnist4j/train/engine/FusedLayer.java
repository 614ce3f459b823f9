package io.mnist4j.train.engine;

import java.nio.FloatBuffer;

/**
 * A dense layer with its activation, and with the dropout that may follow it. Its work comes in
 * parts that can be done in any order. How it is divided depends on the shapes alone, never on the
 * number of threads, so that the results do not either.
 */
abstract class FusedLayer implements AutoCloseable {
  final ElementwiseActivation activation;

  /** What comes out, dropout included. */
  final ActivationBuffer out;

  /** Of each output, where dropout follows; else 1. */
  final double keepProbability;

  FusedLayer(DenseStack.Layer layer, ActivationBuffer out) {
    activation = layer.activation();
    keepProbability = layer.keepProbability();
    this.out = out;
  }

  /**
   * Computes the outputs of a batch.
   *
   * @param training whether a backward pass follows
   * @param mask of the dropout; null for none
   */
  abstract void forward(
      WorkerPool workers, Scratch[] scratch, int images, boolean training, FloatBuffer mask);

  /** Into how many parts {@link #learn} is divided. */
  abstract int parts();

  /**
   * Computes the gradient of one part of the weights, and applies it.
   *
   * @param update null to leave the weights as they are
   */
  abstract void learn(int part, Scratch scratch, int images, ParameterUpdate update);

  /** Applies the gradient of one part of the weights, which {@link #learn} computed. */
  abstract void applyGradient(int part, Scratch scratch, ParameterUpdate update);

  /** The squared Euclidean norm of the gradient of one part, which {@link #learn} computed. */
  abstract double squaredNorm(int part, Scratch scratch);

  /** Brings the network's own arrays up to date. */
  abstract void store();

  @Override
  public void close() {
    out.close();
  }
}
