package io.mnist4j.train.engine.maps;

import io.mnist4j.train.engine.stage.Trainable;

/**
 * A layer on feature maps. Its passes come in parts of sixteen images, and its gradient in parts of
 * the weights, all of which can be done in any order: so the results do not depend on the threads.
 */
abstract sealed class MapLayer implements Trainable
    permits ConvolutionLayer, PoolingLayer, MapBatchnormLayer, MapDropoutLayer {
  /** What comes in. */
  final FeatureMaps in;

  /** The derivative by what comes in; null where nobody needs it. */
  final FeatureMaps inDelta;

  /** What comes out. */
  final FeatureMaps out;

  /**
   * The derivative by what comes out, before {@link #backward}; what it holds afterwards is free.
   */
  final FeatureMaps outDelta;

  /** The maps of two neighbouring layers. */
  record Link(FeatureMaps values, FeatureMaps deltas) {}

  MapLayer(Link below, Link above) {
    in = below.values();
    inDelta = below.deltas();
    out = above.values();
    outDelta = above.deltas();
  }

  /** Whether it needs all parts of the layer before it, or after it, to be done before its own. */
  boolean crossesImages() {
    return false;
  }

  /**
   * Draws the random numbers of one training step.
   *
   * @param images of the batch
   */
  void draw(int images) {}

  /** What comes before the parts of {@link #forward}. */
  void prepareForward(MapPass pass) {}

  abstract void forward(MapPass pass, int part);

  /** What comes before the parts of {@link #backward}. */
  void prepareBackward(MapPass pass) {}

  abstract void backward(MapPass pass, int part);
}
