package io.mnist4j.train.learner;

import io.mnist4j.train.optimizer.ClippingSpec;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Clips gradients, and notes the penalty that DL4J adds to the loss: between the backward pass and
 * the step, while the gradients are sums over the batch and the weights still the old ones.
 *
 * <p>DL4J's own clipping is by layer, and its clipping by value also clips the running statistics
 * of batch normalisation, which lie among the gradients.
 */
final class GradientListener extends BaseTrainingListener {
  private final ClippingSpec clipping;
  private final boolean penalised;
  private final List<INDArray> gradients;
  private double penalty;

  /**
   * @param gradients views of the gradients of all that is learned, in any partition
   */
  GradientListener(ClippingSpec clipping, boolean penalised, List<INDArray> gradients) {
    this.clipping = clipping;
    this.penalised = penalised;
    this.gradients = gradients;
  }

  /** What DL4J's score of the last step holds beside the loss. */
  double penalty() {
    return penalty;
  }

  @Override
  public void onGradientCalculation(Model model) {
    MultiLayerNetwork network = (MultiLayerNetwork) model;
    if (penalised) {
      penalty = 0;
      for (Layer layer : network.getLayers()) {
        penalty += layer.calcRegularizationScore(true);
      }
    }
    if (clipping.norm() > 0) {
      clipNorm(clipping.norm() * network.batchSize());
    }
    if (clipping.value() > 0) {
      clipValues(clipping.value() * network.batchSize());
    }
  }

  private void clipNorm(double bound) {
    double squares = 0;
    for (INDArray gradient : gradients) {
      double norm = gradient.norm2Number().doubleValue();
      squares += norm * norm;
    }
    double norm = Math.sqrt(squares);
    if (norm > bound) {
      for (INDArray gradient : gradients) {
        gradient.muli(bound / norm);
      }
    }
  }

  private void clipValues(double bound) {
    for (INDArray gradient : gradients) {
      Nd4j.exec(
          DynamicCustomOp.builder("clipbyvalue")
              .addInputs(gradient)
              .callInplace(true)
              .addFloatingPointArguments(-bound, bound)
              .build());
    }
  }
}
