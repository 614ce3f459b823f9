package io.mnist4j.train;

import io.mnist4j.train.privacy.PrivacyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a user should know of a private training before it begins. */
public final class PrivacyNotes {
  private PrivacyNotes() {}

  /**
   * A sentence each; none where the training is not private.
   *
   * @param images to learn from
   * @param resumed whether it goes on from a checkpoint
   */
  public static List<String> of(TrainingSpec training, int images, boolean resumed) {
    List<String> notes = new ArrayList<>();
    Optional<PrivacyPlan> planned = training.privacyPlan(images);
    if (planned.isEmpty()) {
      return notes;
    }
    PrivacyPlan plan = planned.get();
    notes.add(
        String.format(
            Locale.ROOT,
            "Private: noise multiplier %.4f, gradients of an image clipped to %s; epsilon %.4f at"
                + " delta %s after %,d steps",
            plan.noise(),
            plan.clip(),
            plan.loss().epsilon(),
            plan.deltaText(),
            plan.steps()));
    if (plan.seeded()) {
      notes.add(
          "training.privacy.seeded makes noise and batches of the seed, which anybody can do again:"
              + " this run protects nobody");
    } else if (resumed) {
      notes.add(
          "Noise and batches are drawn anew from here on, so the run does not end at the bits that"
              + " it would have ended at uncut; its epsilon is the same");
    }
    if (plan.hasLargeDelta()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "training.privacy.delta should be well below 1 / %,d, the number of training images,"
                  + " not %s: whoever publishes one image in %,.0f keeps to that",
              plan.images(),
              plan.deltaText(),
              1 / plan.delta()));
    }
    if (!training.from().isEmpty()) {
      notes.add(
          "epsilon counts from the model that training starts from; what that one has learned is"
              + " not private by it");
    }
    return notes;
  }
}
