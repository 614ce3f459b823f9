package io.mnist4j.eval;

import io.mnist4j.data.ImageSet;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Runs labelled images through a network, many at a time. */
public final class Evaluator {
  /** Large enough for one matrix product to be worth it, small enough for any memory. */
  private static final int BATCH = 2_000;

  private Evaluator() {}

  /**
   * Counts the right answers and averages the loss.
   *
   * @param features {@code [n, inputs]}, as {@link io.mnist4j.model.Tensors#features} makes them
   * @param labels the images that they are of
   */
  public static Evaluation evaluate(MultiLayerNetwork network, INDArray features, ImageSet labels) {
    ImageLoss loss = ImageLoss.of(network);
    int images = labels.size();
    int correct = 0;
    double lossSum = 0;
    for (int first = 0; first < images; first += BATCH) {
      int last = Math.min(images, first + BATCH);
      INDArray batch = features.get(NDArrayIndex.interval(first, last), NDArrayIndex.all());
      float[][] outputs = network.output(batch).toFloatMatrix();
      for (int image = first; image < last; image++) {
        float[] outputsOfImage = outputs[image - first];
        int label = labels.label(image);
        if (argMax(outputsOfImage) == label) {
          correct++;
        }
        lossSum += loss.of(outputsOfImage, label);
      }
    }
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
