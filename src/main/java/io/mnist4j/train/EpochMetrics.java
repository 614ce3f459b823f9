package io.mnist4j.train;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.eval.Evaluation;
import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * The metrics of an epoch: a line of {@code metrics.csv}, an entry of {@code summary.json}, a point
 * of a learning curve.
 *
 * @param epoch from 1
 * @param trainLoss mean loss of its batches, each before its step, in nats for cross-entropy
 * @param validationLoss of the network after the epoch
 * @param validationAccuracy of the network after the epoch, 0 to 1
 * @param seconds that its training took, validation not counted
 * @param trainAccuracy share of its images that were named rightly, each before the step that
 *     learned from it, 0 to 1; null where a file does not say
 * @param learningRate of its last step; null where a file does not say
 * @param energyJoules that the machine took while it trained and validated; null where that is not
 *     known
 * @param epsilon bound of what a private training has told of any one image up to here; null for
 *     other trainings
 * @param samples images that it trained on; 0 where it is read from a file that does not say
 * @param validationImages number of images of the validation; 0 where a file does not say
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double validationLoss,
    double validationAccuracy,
    double seconds,
    @JsonInclude(NON_NULL) Double trainAccuracy,
    @JsonInclude(NON_NULL) Double learningRate,
    @JsonInclude(NON_NULL) Double energyJoules,
    @JsonInclude(NON_NULL) Double epsilon,
    @JsonIgnore long samples,
    @JsonIgnore int validationImages)
    implements Serializable {

  /** What every file holds of an epoch. */
  public EpochMetrics(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds) {
    this(epoch, trainLoss, validationLoss, validationAccuracy, seconds, null, null, null);
  }

  /** What files hold of an epoch. */
  public EpochMetrics(
      int epoch,
      double trainLoss,
      double validationLoss,
      double validationAccuracy,
      double seconds,
      Double trainAccuracy,
      Double learningRate,
      Double energyJoules) {
    this(
        epoch,
        trainLoss,
        validationLoss,
        validationAccuracy,
        seconds,
        trainAccuracy,
        learningRate,
        energyJoules,
        null,
        0,
        0);
  }

  /** The validation after the epoch. */
  public Evaluation validation() {
    return new Evaluation(
        validationImages, (int) Math.round(validationAccuracy * validationImages), validationLoss);
  }
}
