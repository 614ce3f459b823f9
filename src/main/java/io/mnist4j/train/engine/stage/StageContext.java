package io.mnist4j.train.engine.stage;

/**
 * What the stages of one network are built for.
 *
 * @param arrays of the network
 * @param batchSize the most images that are learned from at once
 * @param room the most images that are learned from or evaluated at once
 * @param states numbers that the optimizer keeps for each parameter
 */
public record StageContext(FlatArrays arrays, int batchSize, int room, int states) {}
