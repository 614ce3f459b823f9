package io.mnist4j.train.engine;

import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.Stage;

/** A layer that takes a row of numbers for each image, and gives one. */
abstract sealed class FlatLayer extends Stage
    permits DenseLayer, DropoutLayer, BatchnormLayer, SoftmaxLayer {
  /** The stage that this layer takes the outputs of. */
  final Stage below;

  /** What comes in. */
  final ActivationBuffer in;

  FlatLayer(Stage below, ActivationBuffer out) {
    super(out);
    this.below = below;
    in = below.out;
  }
}
