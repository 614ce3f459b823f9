package io.mnist4j.eval;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.Tensors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Runs labelled images through a network, many at a time. */
public final class Evaluator {
  /**
   * Images that go through the network at once: enough for one matrix product to be worth it, few
   * enough for any memory.
   */
  public static final int BATCH = 2_000;

  private Evaluator() {}

  /**
   * Counts the right answers and averages the loss.
   *
   * @param images at least one, of the size that the network takes
   */
  public static Evaluation evaluate(MultiLayerNetwork network, ImageSet images) {
    return predict(network, images).evaluation();
  }

  /**
   * Asks about each image. All images as floats are never in memory.
   *
   * @param images at least one, of the size that the network takes; label = output of the network
   */
  public static Predictions predict(MultiLayerNetwork network, ImageSet images) {
    float[] outputs = new float[0];
    for (int first = 0; first < images.size(); first += BATCH) {
      int last = Math.min(images.size(), first + BATCH);
      float[][] rows = Tensors.rows(network.output(Tensors.features(images, first, last)));
      int classes = rows[0].length;
      if (first == 0) {
        outputs = new float[images.size() * classes];
      }
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(rows[row], 0, outputs, (first + row) * classes, classes);
      }
    }
    return Predictions.of(network, images, outputs);
  }
}
