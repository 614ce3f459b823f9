package io.mnist4j.train.engine;

import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.train.Learner;
import io.mnist4j.train.Mixup;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.PixelReader;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** Makes the network's outputs of the last layer's sums, or the loss and its derivative by them. */
final class OutputLayer {
  private final LossHead head;

  /** What the outputs shall be, for each class. */
  private final float[][] targets;

  /** What the loss of an image of each class is multiplied by; null where that is 1 for all. */
  private final double[] weights;

  /** {@code [classes, images]}, as the last layer has them. */
  private final float[] sums;

  private final float[] derivatives;
  private final double[] losses;

  /** Whether the image of the batch was named rightly. */
  private final boolean[] right;

  /**
   * @param weights of the classes in the loss; empty where all are 1
   * @param room the most images at once
   */
  OutputLayer(OutputSpec spec, int classes, List<Double> weights, int room) {
    head = LossHead.of(spec);
    targets = spec.targets(classes);
    this.weights =
        weights.isEmpty() ? null : weights.stream().mapToDouble(Double::doubleValue).toArray();
    sums = new float[classes * room];
    derivatives = new float[classes * room];
    losses = new double[room];
    right = new boolean[room];
  }

  /** Takes the sums of a batch. */
  void read(ActivationBuffer last, int images) {
    last.valueBuffer.get(0, sums, 0, targets.length * images);
  }

  /**
   * Compares the outputs with the labels, and leaves the derivative of the mean loss by the sums in
   * the last layer's buffer.
   *
   * @param label of each image of the batch
   * @param weight of each image of the batch in the loss, beside that of its class; null where it
   *     is 1 for all
   * @param mixup of the batch; null for none
   */
  Learner.StepResult differentiate(
      WorkerPool workers,
      ActivationBuffer last,
      int images,
      IntUnaryOperator label,
      IntToDoubleFunction weight,
      Mixup mixup) {
    PixelReader.forEachImage(
        workers,
        images,
        (i, worker) -> {
          double[] ofImage = ofImage(i, images);
          if (mixup == null) {
            differentiate(i, ofImage, label.applyAsInt(i));
          } else {
            int ofPartner = label.applyAsInt(mixup.partner(i));
            differentiate(i, ofImage, label.applyAsInt(i), ofPartner, mixup);
          }
          if (weight != null) {
            weigh(i, ofImage, blended(weight, i, mixup));
          }
          for (int c = 0; c < ofImage.length; c++) {
            derivatives[c * images + i] =
                (float) (ofImage[c] / images) + ActivationBuffer.TINY - ActivationBuffer.TINY;
          }
        });
    last.deltaBuffer.put(0, derivatives, 0, targets.length * images);
    double sum = 0;
    int correct = 0;
    for (int i = 0; i < images; i++) {
      sum += losses[i];
      correct += right[i] ? 1 : 0;
    }
    return new Learner.StepResult(sum / images, correct, images);
  }

  private void differentiate(int image, double[] sums, int label) {
    right[image] = head.said(sums) == label;
    losses[image] = head.differentiate(sums, targets[label]);
    if (weights != null) {
      weigh(image, sums, weights[label]);
    }
  }

  private void differentiate(int image, double[] sums, int label, int ofPartner, Mixup mixup) {
    right[image] = head.said(sums) == mixup.label(label, ofPartner);
    float[] blended = new float[targets.length];
    mixup.blend(targets[label], targets[ofPartner], blended);
    losses[image] = head.differentiate(sums, blended);
    if (weights != null) {
      double share = mixup.share();
      weigh(image, sums, share * weights[label] + (1 - share) * weights[ofPartner]);
    }
  }

  /** The weight of an image, or of what mixup made of two. */
  private static double blended(IntToDoubleFunction weight, int image, Mixup mixup) {
    double own = weight.applyAsDouble(image);
    if (mixup == null) {
      return own;
    }
    double share = mixup.share();
    return share * own + (1 - share) * weight.applyAsDouble(mixup.partner(image));
  }

  private void weigh(int image, double[] derivatives, double weight) {
    losses[image] *= weight;
    for (int c = 0; c < derivatives.length; c++) {
      derivatives[c] *= weight;
    }
  }

  /** The network's outputs for one image of the batch, {@code [classes]}. */
  float[] outputs(int image, int images) {
    double[] ofImage = ofImage(image, images);
    head.activate(ofImage);
    float[] outputs = new float[ofImage.length];
    for (int c = 0; c < outputs.length; c++) {
      outputs[c] = (float) ofImage[c];
    }
    return outputs;
  }

  private double[] ofImage(int image, int images) {
    double[] ofImage = new double[targets.length];
    for (int c = 0; c < ofImage.length; c++) {
      ofImage[c] = sums[c * images + image];
    }
    return ofImage;
  }
}
