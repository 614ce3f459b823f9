package io.mnist4j.train;

import io.mnist4j.eval.Evaluation;

/**
 * What an epoch came to.
 *
 * @param epoch from 1
 * @param trainLoss mean loss of its batches, each before its step, in nats for cross-entropy
 * @param validation of the network after the epoch
 * @param samples images that it learned from
 * @param seconds that its training took, validation not counted
 */
public record EpochMetrics(
    int epoch, double trainLoss, Evaluation validation, long samples, double seconds) {}
