package io.mnist4j.train;

import io.mnist4j.eval.Evaluation;
import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonIgnore;

/**
 * The metrics of an epoch: a line of {@code metrics.csv}, an entry of {@code summary.json}, a point
 * of a learning curve.
 *
 * @param epoch from 1
 * @param trainLoss mean loss of its batches, each before its step, in nats for cross-entropy
 * @param validationLoss of the network after the epoch
 * @param validationAccuracy of the network after the epoch, 0 to 1
 * @param seconds that its training took, validation not counted
 * @param samples images that it trained on; 0 where it is read from a file that does not say
 * @param validationImages number of images of the validation; 0 where a file does not say
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationAccuracy,
    double seconds,
    @JsonIgnore long samples,
    @JsonIgnore int validationImages)
    implements Serializable {

  /** What files hold of an epoch. */
  public EpochMetrics(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds) {
    this(epoch, trainLoss, validationLoss, validationAccuracy, seconds, 0, 0);
  }

  static EpochMetrics of(
      int epoch, double trainLoss, Evaluation validation, double seconds, long samples) {
    return new EpochMetrics(
        epoch,
        trainLoss,
        validation.loss(),
        validation.accuracy(),
        seconds,
        samples,
        validation.images());
  }

  /** The validation after the epoch. */
  public Evaluation validation() {
    return new Evaluation(
        validationImages, (int) Math.round(validationAccuracy * validationImages), validationLoss);
  }
}
