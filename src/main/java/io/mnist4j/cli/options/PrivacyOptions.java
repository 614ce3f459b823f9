package io.mnist4j.cli.options;

import io.mnist4j.train.privacy.PrivacyPlan;
import io.mnist4j.train.privacy.PrivacySpec;
import io.mnist4j.train.privacy.PrivacyStatement;
import picocli.CommandLine.Option;

/** Which training is asked for its privacy. */
public final class PrivacyOptions extends OptionGroup {
  private static final int MAX_EPOCHS = 100_000;

  @Option(
      names = "--noise",
      paramLabel = "X",
      description =
          "The noise multiplier: the deviation of the noise in units of the bound of a gradient;"
              + " what epsilon that gives is printed.")
  private Double noise;

  @Option(
      names = "--epsilon",
      paramLabel = "X",
      description = "The bound that is wished for; what noise multiplier it takes is printed.")
  private Double epsilon;

  @Option(
      names = "--delta",
      paramLabel = "X",
      defaultValue = "1e-5",
      description = "The chance that the bound may fail (default: ${DEFAULT-VALUE}).")
  private double delta;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Expected images of a step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Passes over the images (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "60000",
      description = "Images that are learned from (default: ${DEFAULT-VALUE}).")
  private int images;

  /** What the training costs. */
  public PrivacyStatement statement() {
    if ((noise == null) == (epsilon == null)) {
      throw wrong(
          noise == null
              ? "--noise or --epsilon is missing: which of the two is known?"
              : "--noise and --epsilon cannot both be given: one follows from the other");
    }
    requirePositive("--noise", noise);
    requirePositive("--epsilon", epsilon);
    if (!(delta > 0 && delta < 1)) {
      throw wrong("--delta must be above 0 and below 1, not " + delta);
    }
    requireRange("--batch-size", batchSize, Integer.MAX_VALUE);
    requireRange("--images", images, Integer.MAX_VALUE);
    requireRange("--epochs", epochs, MAX_EPOCHS);
    int expected = Math.min(batchSize, images);
    long steps = epochs * (((long) images + expected - 1) / expected);
    PrivacySpec spec =
        new PrivacySpec(epsilon == null ? 0 : epsilon, noise == null ? 0 : noise, delta, 1, false);
    try {
      return PrivacyStatement.of(PrivacyPlan.of(spec, images, expected, steps), steps)
          .withoutClip();
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  private void requirePositive(String option, Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw wrong("%s must be above 0, not %s".formatted(option, value));
    }
  }

  private void requireRange(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw wrong(
          "%s must be at least 1%s, not %d"
              .formatted(option, most < Integer.MAX_VALUE ? " and at most " + most : "", value));
    }
  }
}
