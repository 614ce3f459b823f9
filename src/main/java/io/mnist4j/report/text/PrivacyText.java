package io.mnist4j.report.text;

import io.mnist4j.train.privacy.PrivacyStatement;

/** What a training tells of any one image, as plain text. */
public final class PrivacyText {
  private PrivacyText() {}

  /** The figures, then how they are computed. */
  public static String of(PrivacyStatement statement) {
    return bound(statement)
        + NumberText.format(
            "%nNoise multiplier: %.4f%n%s%n", statement.noise(), sampling(statement))
        + NumberText.format(
            "Accountant: %s%nConversion: %s; order %s%n",
            statement.accountant(), statement.conversion(), statement.order())
        + NumberText.format(
            "As tables before 2020 convert (Mironov 2017, proposition 3): epsilon %.4f%n",
            statement.epsilonOfMironov());
  }

  /** The bound alone. */
  public static String bound(PrivacyStatement statement) {
    return NumberText.format(
        "Privacy: epsilon %.4f at delta %s", statement.epsilon(), statement.deltaText());
  }

  /** How images come into steps. */
  public static String sampling(PrivacyStatement statement) {
    return NumberText.format(
        "%,d steps, each with any of %,d images with probability %.4g (%,d expected)",
        statement.steps(), statement.images(), statement.samplingRate(), statement.batchSize());
  }
}
