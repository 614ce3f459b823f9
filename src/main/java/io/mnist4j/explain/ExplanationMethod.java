package io.mnist4j.explain;

import java.util.Locale;

/** How it is found which ink speaks for an answer. */
public enum ExplanationMethod {
  /** The smoothed slope of the log-odds: where more ink would speak for the answer. */
  GRADIENT,
  /** What the ink that is there contributed. */
  INTEGRATED_GRADIENTS;

  /** That of {@code predict --explain} and of the server's page. */
  public static final ExplanationMethod DEFAULT = INTEGRATED_GRADIENTS;

  /** Whether it says what the ink that is there contributed; else it gives slopes. */
  boolean isContribution() {
    return this == INTEGRATED_GRADIENTS;
  }

  /** Such as {@code integrated-gradients}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
