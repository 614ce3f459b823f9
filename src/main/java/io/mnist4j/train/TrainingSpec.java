package io.mnist4j.train;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.train.learner.Optimizer;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** How a network is trained. */
public record TrainingSpec(
    @Key(value = "passes over the training images", min = 1, max = 100_000) int epochs,
    @Key(value = "images of one step", min = 1) int batchSize,
    @Key(value = "steps after which each epoch ends, for a smoke run; 0 for all", min = 0)
        int maxBatches,
    @Key("how gradients change the weights") OptimizerSpec optimizer,
    @Key("how the learning rate goes from step to step") ScheduleSpec schedule,
    @Key("penalties on the weights, biases left out; 0 is off") RegularizationSpec regularization,
    @Key("of the mean gradient of a batch") ClippingSpec clipping,
    @Key("random changes of the training images, new ones each epoch; 0 is off")
        AugmentationSpec augmentation,
    @Key("when a training ends before its last epoch") StoppingSpec stopping) {
  /** Five epochs in batches of 128. */
  public static final TrainingSpec DEFAULT =
      new TrainingSpec(
          5,
          128,
          0,
          OptimizerSpec.DEFAULT,
          ScheduleSpec.DEFAULT,
          RegularizationSpec.DEFAULT,
          ClippingSpec.DEFAULT,
          AugmentationSpec.DEFAULT,
          StoppingSpec.DEFAULT);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public TrainingSpec {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(regularization, "regularization");
    Objects.requireNonNull(clipping, "clipping");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(stopping, "stopping");
    ConfigKey.requireInRange(TrainingSpec.class, epochs, batchSize, maxBatches);
    if (schedule.warmupEpochs() > 0 && schedule.warmupEpochs() >= epochs) {
      throw new IllegalArgumentException(
          "schedule has warmup-epochs %s, which must be below the epochs of the run, %d"
              .formatted(schedule.warmupEpochs(), epochs));
    }
    if (optimizer.name() == OptimizerSpec.OptimizerName.ADAMW
        && regularization.weightDecay() == 0) {
      throw new IllegalArgumentException(
          "optimizer adamw needs regularization.weight-decay above 0, such as 0.01;"
              + " without it, it is adam");
    }
  }

  /** Optimiser steps of one epoch over so many images; the last batch may be smaller. */
  public int stepsPerEpoch(int images) {
    int all = (int) (((long) images + batchSize - 1) / batchSize);
    return maxBatches == 0 ? all : Math.min(maxBatches, all);
  }

  /** Gives a network to be its updater; everything else is {@link Optimizer#attach}'s. */
  public void configure(NeuralNetConfiguration.Builder builder) {
    builder.updater(optimizer.updater());
  }
}
