package io.mnist4j.train;

import io.mnist4j.config.NamedNumbers;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import io.mnist4j.train.privacy.PrivacySpec;
import java.util.List;

/** Training settings with all that a test of steps does not care about at its default. */
public final class TrainingSpecs {
  private TrainingSpecs() {}

  public static TrainingSpec of(
      int epochs,
      int batchSize,
      OptimizerSpec optimizer,
      ScheduleSpec schedule,
      RegularizationSpec regularization,
      ClippingSpec clipping) {
    return of(
        epochs,
        batchSize,
        0,
        optimizer,
        schedule,
        regularization,
        clipping,
        AugmentationSpec.DEFAULT,
        StoppingSpec.DEFAULT,
        List.of());
  }

  public static TrainingSpec of(
      int epochs,
      int batchSize,
      int maxBatches,
      OptimizerSpec optimizer,
      ScheduleSpec schedule,
      RegularizationSpec regularization,
      ClippingSpec clipping,
      AugmentationSpec augmentation,
      StoppingSpec stopping,
      List<RaisedEpochs> raised) {
    return new TrainingSpec(
        epochs,
        batchSize,
        maxBatches,
        "",
        "",
        0,
        0,
        NamedNumbers.word("none"),
        NamedNumbers.word("none"),
        false,
        optimizer,
        schedule,
        regularization,
        clipping,
        PrivacySpec.DEFAULT,
        augmentation,
        0,
        stopping,
        raised);
  }

  /** The same with mixup, and images that are erased in part. */
  public static TrainingSpec blended(TrainingSpec spec, double mixup, double erasing) {
    return new TrainingSpec(
        spec.epochs(),
        spec.batchSize(),
        spec.maxBatches(),
        spec.from(),
        spec.fromSha256(),
        spec.freeze(),
        spec.ema(),
        spec.classWeights(),
        spec.groupWeights(),
        spec.groupBalancedBatches(),
        spec.optimizer(),
        spec.schedule(),
        spec.regularization(),
        spec.clipping(),
        spec.privacy(),
        new AugmentationSpec(0, 0, 0, 0, erasing, 0, 0, 0),
        mixup,
        spec.stopping(),
        spec.raised());
  }

  /** The same, but private. */
  public static TrainingSpec privately(TrainingSpec spec, PrivacySpec privacy) {
    return new TrainingSpec(
        spec.epochs(),
        spec.batchSize(),
        spec.maxBatches(),
        spec.from(),
        spec.fromSha256(),
        spec.freeze(),
        spec.ema(),
        spec.classWeights(),
        spec.groupWeights(),
        spec.groupBalancedBatches(),
        spec.optimizer(),
        spec.schedule(),
        spec.regularization(),
        spec.clipping(),
        privacy,
        spec.augmentation(),
        spec.mixup(),
        spec.stopping(),
        spec.raised());
  }
}
