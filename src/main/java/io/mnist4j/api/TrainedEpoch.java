package io.mnist4j.api;

import io.mnist4j.train.EpochMetrics;

/**
 * An epoch of a training.
 *
 * @param epoch from 1
 * @param trainLoss mean loss of its batches, each before its step; in nats for cross-entropy
 * @param validationLoss of the network after the epoch
 * @param validationAccuracy of the network after the epoch, 0 to 1
 * @param seconds that its training took, validation not counted
 */
public record TrainedEpoch(
    int epoch, double trainLoss, double validationLoss, double validationAccuracy, double seconds) {

  static TrainedEpoch of(EpochMetrics metrics) {
    return new TrainedEpoch(
        metrics.epoch(),
        metrics.trainLoss(),
        metrics.validationLoss(),
        metrics.validationAccuracy(),
        metrics.seconds());
  }
}
