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

  /** Part of the outputs that dropout keeps; 1 without. */
  final double kept;

  FusedLayer(DenseStack.Layer layer, ActivationBuffer out) {
    activation = layer.curve();
    kept = layer.kept();
    this.out = out;
  }

  /**
   * Computes the outputs of a batch.
   *
   * @param learning whether a way back follows
   * @param mask of the dropout; null for none
   */
  abstract void forward(
      WorkerPool workers, Scratch[] scratch, int images, boolean learning, FloatBuffer mask);

  /** Parts of {@link #learn}. */
  abstract int parts();

  /**
   * Computes the gradient of some weights, and changes them.
   *
   * @param update null to leave the weights as they are
   */
  abstract void learn(int part, Scratch scratch, int images, ParameterUpdate update);

  /** Changes some weights by gradients that {@link #learn} computed. */
  abstract void change(int part, Scratch scratch, ParameterUpdate update);

  /** The sum of the squares of some gradients that {@link #learn} computed. */
  abstract double squares(int part, Scratch scratch);

  /** Brings the network's own arrays up to date. */
  abstract void store();

  @Override
  public void close() {
    out.close();
  }
}
