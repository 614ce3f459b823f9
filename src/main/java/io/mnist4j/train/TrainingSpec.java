package io.mnist4j.train;

import java.util.Objects;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training images, at least 1
 * @param batchSize images of one step, at least 1
 * @param maxBatches ends each epoch after so many steps, for a smoke run; 0 for all
 */
public record TrainingSpec(
    int epochs,
    int batchSize,
    int maxBatches,
    OptimizerSpec optimizer,
    ScheduleSpec schedule,
    StoppingSpec stopping) {
  /** Five epochs in batches of 128. */
  public static final TrainingSpec DEFAULT =
      new TrainingSpec(
          5, 128, 0, OptimizerSpec.DEFAULT, ScheduleSpec.DEFAULT, StoppingSpec.DEFAULT);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public TrainingSpec {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(stopping, "stopping");
    if (epochs < 1 || epochs > 100_000) {
      throw new IllegalArgumentException("epochs must be 1 to 100000, not " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch-size must be at least 1, not " + batchSize);
    }
    if (maxBatches < 0) {
      throw new IllegalArgumentException("max-batches must be at least 0, not " + maxBatches);
    }
  }

  /** Optimiser steps of one epoch over so many images; the last batch may be smaller. */
  public int stepsPerEpoch(int images) {
    int all = (int) (((long) images + batchSize - 1) / batchSize);
    return maxBatches == 0 ? all : Math.min(maxBatches, all);
  }

  /** The optimiser, with its learning rate's course over a run of so many images an epoch. */
  public IUpdater updater(int images) {
    int steps = Math.multiplyExact(epochs, stepsPerEpoch(images));
    return Adam.builder()
        .learningRate(optimizer.learningRate())
        .learningRateSchedule(schedule.toNd4j(optimizer.learningRate(), steps))
        .beta1(optimizer.beta1())
        .beta2(optimizer.beta2())
        .epsilon(optimizer.epsilon())
        .build();
  }
}
