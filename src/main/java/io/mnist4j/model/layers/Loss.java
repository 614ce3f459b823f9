package io.mnist4j.model.layers;

import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * What training makes small: the mean of this over the images, y being the output, t the target.
 */
public enum Loss {
  /**
   * In nats: -Σ t ln y where the output is a softmax; -Σ (t ln y + (1 - t) ln(1 - y)) where it is
   * sigmoids (Keras takes the mean over the outputs there).
   */
  CROSS_ENTROPY,
  /** The mean of (y - t)² over the outputs. */
  MSE;

  /** Keras' constant. ND4J's own, 1e-5, stops the learning from an answer once it is that wrong. */
  private static final double SMALLEST_PROBABILITY = 1e-7;

  ILossFunction nd4j(Activation output) {
    return switch (this) {
      case CROSS_ENTROPY ->
          output == Activation.SOFTMAX
              ? new LossMCXENT()
              : new LossBinaryXENT(SMALLEST_PROBABILITY);
      case MSE -> new LossMSE();
    };
  }
}
