package io.mnist4j.eval;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** The loss of one image, by the network's own loss function but with no label smoothing. */
@FunctionalInterface
interface ImageLoss {
  /** The smallest probability whose logarithm is taken: the one that DL4J's losses clip to. */
  double SMALLEST_PROBABILITY = 1e-10;

  /**
   * The loss.
   *
   * @param outputs {@code [classes]} of the network
   * @param label the image's class
   */
  double of(float[] outputs, int label);

  /** The one that the network was trained to make small. */
  static ImageLoss of(MultiLayerNetwork network) {
    Layer last = network.getOutputLayer().conf().getLayer();
    ILossFunction loss =
        last instanceof LossLayer only ? only.getLossFn() : ((BaseOutputLayer) last).getLossFn();
    if (loss instanceof LossMSE) {
      return ImageLoss::meanSquaredError;
    }
    return loss instanceof LossBinaryXENT
        ? ImageLoss::binaryCrossEntropy
        : (outputs, label) -> -logarithm(outputs[label]);
  }

  private static double meanSquaredError(float[] outputs, int label) {
    double sum = 0;
    for (int c = 0; c < outputs.length; c++) {
      double error = outputs[c] - (c == label ? 1 : 0);
      sum += error * error;
    }
    return sum / outputs.length;
  }

  /** Summed over the outputs, as DL4J does. */
  private static double binaryCrossEntropy(float[] outputs, int label) {
    double sum = 0;
    for (int c = 0; c < outputs.length; c++) {
      sum -= logarithm(c == label ? outputs[c] : 1.0 - outputs[c]);
    }
    return sum;
  }

  private static double logarithm(double probability) {
    return Math.log(Math.max(probability, SMALLEST_PROBABILITY));
  }
}
