package io.mnist4j.train;

import io.mnist4j.data.Key;
import java.util.Objects;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training images, at least 1
 * @param batchSize images of one step, at least 1
 */
public record TrainingSpec(
    @Key(value = "passes over the training images", min = 1, max = 100_000) int epochs,
    @Key(value = "images of one step", min = 1) int batchSize,
    @Key("how gradients change the weights") OptimizerSpec optimizer,
    @Key("how the learning rate goes from step to step") ScheduleSpec schedule) {
  /** Five epochs in batches of 128. */
  public static final TrainingSpec DEFAULT =
      new TrainingSpec(5, 128, OptimizerSpec.DEFAULT, ScheduleSpec.DEFAULT);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public TrainingSpec {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    if (epochs < 1 || epochs > 100_000) {
      throw new IllegalArgumentException("epochs must be 1 to 100000, not " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch-size must be at least 1, not " + batchSize);
    }
  }

  /** Optimiser steps of one epoch over so many images; the last batch may be smaller. */
  public int stepsPerEpoch(int images) {
    return (int) (((long) images + batchSize - 1) / batchSize);
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
