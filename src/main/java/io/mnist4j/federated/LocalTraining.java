package io.mnist4j.federated;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.config.NamedNumbers;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.train.StoppingSpec;
import io.mnist4j.train.TrainingSpec;
import io.mnist4j.train.optimizer.ClippingSpec;
import io.mnist4j.train.optimizer.OptimizerSpec;
import io.mnist4j.train.optimizer.RegularizationSpec;
import io.mnist4j.train.optimizer.ScheduleSpec;
import io.mnist4j.train.privacy.PrivacySpec;
import java.util.List;
import java.util.Objects;

/** What a client does in a round. */
public record LocalTraining(
    @Key(value = "passes over the client's own images", min = 1, max = 100_000) int epochs,
    @Key(value = "images of one step", min = 1) int batchSize,
    @Key("how gradients change the weights; what it remembers begins anew in each round")
        OptimizerSpec optimizer,
    @Key(
            value = "what the learning rate is multiplied by after each round",
            min = 0,
            aboveMin = true,
            max = 1)
        double rateDecay,
    @Key("penalties on the weights, biases left out; 0 is off") RegularizationSpec regularization) {
  /** One pass in batches of 10 by gradient descent, as in McMahan et al. (2017). */
  public static final LocalTraining DEFAULT =
      new LocalTraining(
          1,
          10,
          new OptimizerSpec(
              OptimizerSpec.OptimizerName.SGD,
              0.1,
              OptimizerSpec.DEFAULT.beta1(),
              OptimizerSpec.DEFAULT.beta2(),
              OptimizerSpec.DEFAULT.epsilon(),
              OptimizerSpec.DEFAULT.momentum(),
              OptimizerSpec.DEFAULT.decay()),
          1,
          RegularizationSpec.DEFAULT);

  private static final ScheduleSpec CONSTANT =
      new ScheduleSpec(ScheduleSpec.ScheduleName.CONSTANT, 0, 0, 0.5, 1, 0.3);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public LocalTraining {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(regularization, "regularization");
    ConfigKey.requireInRange(LocalTraining.class, epochs, batchSize, rateDecay);
    if (optimizer.name() == OptimizerSpec.OptimizerName.ADAMW
        && regularization.weightDecay() == 0) {
      throw new IllegalArgumentException(
          "optimizer adamw needs regularization.weight-decay above 0; without it, it is adam");
    }
  }

  /** Whether a step is w -= rate g, penalties aside. */
  boolean isPlainDescent() {
    return optimizer.name() == OptimizerSpec.OptimizerName.SGD;
  }

  /**
   * The learning rate of a round.
   *
   * @param round from 1
   */
  double learningRate(int round) {
    return optimizer.learningRate() * StrictMath.pow(rateDecay, round - 1);
  }

  /** The same as settings of a training. */
  TrainingSpec training() {
    return new TrainingSpec(
        epochs,
        batchSize,
        0,
        "",
        "",
        0,
        0,
        NamedNumbers.word("none"),
        NamedNumbers.word("none"),
        false,
        optimizer,
        CONSTANT,
        regularization,
        ClippingSpec.DEFAULT,
        PrivacySpec.DEFAULT,
        AugmentationSpec.DEFAULT,
        0,
        StoppingSpec.DEFAULT,
        List.of());
  }
}
