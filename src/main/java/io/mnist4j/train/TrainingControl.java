package io.mnist4j.train;

import java.util.function.BooleanSupplier;

/**
 * Who watches a training, and may end it.
 *
 * @param checkpointSeconds between two checkpoints within an epoch; 0 for none
 * @param stopRequested asked after each step
 */
public record TrainingControl(
    TrainingListener listener, double checkpointSeconds, BooleanSupplier stopRequested) {}
