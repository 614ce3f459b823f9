package io.mnist4j.sweep.search;

import java.io.Serializable;

/**
 * What an epoch of a trial came to.
 *
 * @param epoch from 1
 * @param trainLoss mean over the epoch
 * @param validationLoss after the epoch
 * @param validationAccuracy after the epoch, 0 to 1
 * @param seconds of training
 */
public record TrialEpoch(
    int epoch, double trainLoss, double validationLoss, double validationAccuracy, double seconds)
    implements Serializable {}
