package io.mnist4j.train.optimizer;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * What keeps weights small; 0 is off. Biases and the parameters of batch normalisation are left
 * alone.
 *
 * @param l1 adds l1 * sum |w| to the loss that is minimised: l1 sign(w) to the gradient; 0 to 100
 * @param l2 adds l2 / 2 * sum w^2 to it: l2 w to the gradient; 0 to 100. It is what PyTorch's
 *     optimisers call weight_decay (AdamW's apart), and half of what Keras' l2 takes
 * @param weightDecay takes weightDecay * learning rate * w off each weight, beside the optimizer's
 *     step and untouched by its scaling; 0 to 100. With adam it makes adamw
 */
public record RegularizationSpec(
    @Key(value = "sum of the magnitudes of the weights", min = 0, max = 100) double l1,
    @Key(value = "half the sum of their squares", min = 0, max = 100) double l2,
    @Key(value = "decoupled from the gradient: with adam it makes adamw", min = 0, max = 100)
        double weightDecay) {
  /** None. */
  public static final RegularizationSpec DEFAULT = new RegularizationSpec(0, 0, 0);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public RegularizationSpec {
    ConfigKey.requireInRange(RegularizationSpec.class, l1, l2, weightDecay);
  }

  /** As DL4J's classes, in a list of its own. */
  public List<Regularization> toDl4j() {
    List<Regularization> all = new ArrayList<>();
    if (l1 > 0) {
      all.add(new L1Regularization(l1));
    }
    if (l2 > 0) {
      all.add(new L2Regularization(l2));
    }
    if (weightDecay > 0) {
      all.add(new WeightDecay(weightDecay, true));
    }
    return all;
  }
}
