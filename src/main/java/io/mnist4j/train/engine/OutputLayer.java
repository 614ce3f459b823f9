package io.mnist4j.train.engine;

import io.mnist4j.model.layers.OutputSpec;
import java.util.function.IntUnaryOperator;

/**
 * What the last stage's sums are made of: the network's outputs, or the loss and its derivative.
 */
final class OutputLayer {
  /**
   * Added and taken off again, it makes 0 of a derivative that is far too small to matter, as those
   * of images that are known by heart: products with them would be denormal, and slow.
   */
  private static final float TINY = 1e-20f;

  private final LossHead head;

  /** What the outputs shall be, for each class. */
  private final float[][] targets;

  /** {@code [classes, images]}, as the last stage has them. */
  private final float[] sums;

  private final float[] derivatives;
  private final double[] losses;

  /**
   * @param room the most images at once
   */
  OutputLayer(OutputSpec spec, int classes, int room) {
    head = LossHead.of(spec);
    targets = spec.targets(classes);
    sums = new float[classes * room];
    derivatives = new float[classes * room];
    losses = new double[room];
  }

  /** Takes the sums of a batch. */
  void read(ActivationBuffer last, int images) {
    last.valueBuffer.get(0, sums, 0, targets.length * images);
  }

  /**
   * Leaves the derivative of the mean loss by the sums in the last plane.
   *
   * @param label of each image of the batch
   * @return the mean loss
   */
  double differentiate(
      WorkerPool workers, ActivationBuffer last, int images, IntUnaryOperator label) {
    LearnerInput.forEach(
        workers,
        images,
        (i, worker) -> {
          double[] column = column(i, images);
          losses[i] = head.differentiate(column, targets[label.applyAsInt(i)]);
          for (int c = 0; c < column.length; c++) {
            derivatives[c * images + i] = (float) (column[c] / images) + TINY - TINY;
          }
        });
    last.deltaBuffer.put(0, derivatives, 0, targets.length * images);
    double sum = 0;
    for (int i = 0; i < images; i++) {
      sum += losses[i];
    }
    return sum / images;
  }

  /** The network's outputs for one image of the batch, {@code [classes]}. */
  float[] outputs(int image, int images) {
    double[] column = column(image, images);
    head.activate(column);
    float[] outputs = new float[column.length];
    for (int c = 0; c < outputs.length; c++) {
      outputs[c] = (float) column[c];
    }
    return outputs;
  }

  private double[] column(int image, int images) {
    double[] column = new double[targets.length];
    for (int c = 0; c < column.length; c++) {
      column[c] = sums[c * images + image];
    }
    return column;
  }
}
