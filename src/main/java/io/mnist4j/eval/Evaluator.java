package io.mnist4j.eval;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.Tensors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Compares a network's outputs with the labels of images. */
public final class Evaluator {
  private Evaluator() {}

  /**
   * Counts the correct predictions and averages the loss.
   *
   * @param images at least one, of the size that the network takes
   */
  public static Evaluation evaluate(MultiLayerNetwork network, ImageSet images) {
    return predict(network, images).evaluation();
  }

  /**
   * Predicts the class of each image.
   *
   * @param images at least one, of the size that the network takes; label = output of the network
   */
  public static Predictions predict(MultiLayerNetwork network, ImageSet images) {
    float[] outputs =
        ForwardPass.outputs(
            network, images.size(), (first, last) -> Tensors.features(images, first, last));
    return Predictions.of(network, images, outputs);
  }
}
