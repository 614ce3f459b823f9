package io.mnist4j.train;

import io.mnist4j.data.augment.AugmentationSpec;

/** Training settings with all that a test of steps does not care about at its default. */
final class TrainingSpecs {
  private TrainingSpecs() {}

  static TrainingSpec of(
      int epochs,
      int batchSize,
      OptimizerSpec optimizer,
      ScheduleSpec schedule,
      RegularizationSpec regularization,
      ClippingSpec clipping) {
    return new TrainingSpec(
        epochs,
        batchSize,
        0,
        optimizer,
        schedule,
        regularization,
        clipping,
        AugmentationSpec.DEFAULT,
        StoppingSpec.DEFAULT);
  }
}
