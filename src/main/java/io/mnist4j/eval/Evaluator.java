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
   * @param images of the size that the network takes
   */
  public static Evaluation evaluate(MultiLayerNetwork network, ImageSet images) {
    Tally tally = new Tally(network);
    for (int first = 0; first < images.size(); first += BATCH) {
      int last = Math.min(images.size(), first + BATCH);
      float[][] outputs = network.output(Tensors.features(images, first, last)).toFloatMatrix();
      for (int image = first; image < last; image++) {
        tally.add(outputs[image - first], images.label(image));
      }
    }
    return tally.evaluation();
  }
}
