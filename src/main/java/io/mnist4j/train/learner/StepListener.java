package io.mnist4j.train.learner;

import io.mnist4j.train.optimizer.ClippingSpec;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Counts the images that a step's network names rightly; clips gradients, and notes the penalty
 * that DL4J adds to the loss: between the backward pass and the step, while the gradients are sums
 * over the batch and the weights still the old ones.
 *
 * <p>DL4J's own clipping is by layer, and its clipping by value also clips the running statistics
 * of batch normalisation, which lie among the gradients.
 */
final class StepListener extends BaseTrainingListener {
  private final ClippingSpec clipping;
  private final boolean penalised;
  private final List<INDArray> gradients;
  private double penalty;
  private int correct;

  /**
   * @param gradients views of the gradients of all that is learned, in any partition
   */
  StepListener(ClippingSpec clipping, boolean penalised, List<INDArray> gradients) {
    this.clipping = clipping;
    this.penalised = penalised;
    this.gradients = gradients;
  }

  /** What DL4J's score of the last step holds beside the loss. */
  double penalty() {
    return penalty;
  }

  /** The images of the last step's batch that the network named rightly before the step. */
  int correct() {
    return correct;
  }

  /** DL4J keeps the outputs of a step to itself: those of the last layer are computed again. */
  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    MultiLayerNetwork network = (MultiLayerNetwork) model;
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      LayerWorkspaceMgr noWorkspaces = LayerWorkspaceMgr.noWorkspaces();
      INDArray input = activations.get(activations.size() - 1);
      InputPreProcessor flattening =
          network.getLayerWiseConfigurations().getInputPreProcess(network.getnLayers() - 1);
      if (flattening != null) {
        input = flattening.preProcess(input, (int) input.size(0), noWorkspaces);
      }
      INDArray outputs = network.getOutputLayer().activate(input, false, noWorkspaces);
      correct = countCorrect(outputs.toFloatMatrix(), network.getLabels().toFloatMatrix());
    }
  }

  private static int countCorrect(float[][] outputs, float[][] targets) {
    int count = 0;
    for (int image = 0; image < outputs.length; image++) {
      count += argMax(outputs[image]) == argMax(targets[image]) ? 1 : 0;
    }
    return count;
  }

  private static int argMax(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
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
