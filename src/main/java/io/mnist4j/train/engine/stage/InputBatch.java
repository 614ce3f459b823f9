package io.mnist4j.train.engine.stage;

/**
 * A batch of training images.
 *
 * @param order the images of the epoch, of which the batch is a stretch
 * @param first index of the batch's first image in the order
 * @param size images of the batch, at least 1
 * @param epoch from 1
 */
public record InputBatch(int[] order, int first, int size, int epoch) {}
