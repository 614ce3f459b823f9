package io.mnist4j.eval;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Counts right answers and adds up losses, image by image. */
public final class Tally {
  private final ImageLoss loss;
  private int images;
  private int correct;
  private double lossSum;

  /**
   * @param network whose loss it takes
   */
  public Tally(MultiLayerNetwork network) {
    loss = ImageLoss.of(network);
  }

  /**
   * Adds an image.
   *
   * @param outputs {@code [classes]} of the network
   * @param label its class
   */
  public void add(float[] outputs, int label) {
    images++;
    if (argMax(outputs) == label) {
      correct++;
    }
    lossSum += loss.of(outputs, label);
  }

  /** Of all images so far, at least one. */
  public Evaluation evaluation() {
    return new Evaluation(images, correct, lossSum / images);
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
}
