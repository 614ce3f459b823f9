package io.mnist4j.train.privacy;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * What files say of the privacy of a training: an image more or less among those that it learned
 * from changes the probability of any outcome by a factor of at most e<sup>ε</sup>, but for δ.
 *
 * @param epsilon ε
 * @param delta δ
 * @param noise σ, standard deviation of the noise in units of {@code clip}
 * @param clip bound of the norm of the gradient of one image; null where it is not known
 * @param images that were learned from
 * @param batchSize expected images of a step
 * @param samplingRate probability by which each image is in a step
 * @param steps that were made
 * @param order the α of the Rényi divergence at which ε is least
 * @param epsilonOfMironov ε by the conversion that was usual before 2020
 * @param seeded true where noise and batches follow from the seed, so that nothing is private;
 *     absent else
 * @param accountant how the divergence is computed
 * @param conversion how ε is computed from it
 */
@KebabCase
public record PrivacyStatement(
    double epsilon,
    double delta,
    double noise,
    @JsonInclude(NON_NULL) Double clip,
    int images,
    int batchSize,
    double samplingRate,
    long steps,
    double order,
    double epsilonOfMironov,
    @JsonInclude(NON_NULL) Boolean seeded,
    String accountant,
    String conversion) {

  /** After some steps of a training. */
  public static PrivacyStatement of(PrivacyPlan plan, long steps) {
    RenyiAccountant accountant = plan.accountant();
    RenyiAccountant.PrivacyLoss loss = accountant.loss(steps, plan.delta());
    return new PrivacyStatement(
        loss.epsilon(),
        plan.delta(),
        plan.noise(),
        plan.clip(),
        plan.images(),
        plan.batchSize(),
        plan.rate(),
        steps,
        loss.order(),
        accountant.lossOfMironov(steps, plan.delta()).epsilon(),
        plan.seeded() ? true : null,
        RenyiAccountant.NAME,
        RenyiAccountant.CONVERSION);
  }

  /** The same where no training is known, and ε does not depend on it. */
  public PrivacyStatement withoutClip() {
    return new PrivacyStatement(
        epsilon,
        delta,
        noise,
        null,
        images,
        batchSize,
        samplingRate,
        steps,
        order,
        epsilonOfMironov,
        seeded,
        accountant,
        conversion);
  }

  /** δ in its shortest form, such as 1e-5. */
  public String deltaText() {
    return PrivacyPlan.text(delta);
  }

  /** The document of {@code privacy --format json}. */
  public String toJson() {
    return Json.pretty(this);
  }
}
