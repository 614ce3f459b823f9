package io.mnist4j.issues;

import java.util.Locale;

/** What labels are ordered by: scores from 0 to 1, low where the label is in doubt. */
public enum LabelRanking {
  /**
   * The normalized margin: the probability of the label less that of the most probable other class
   * (C. Northcutt, L. Jiang and I. Chuang, 2021, section 3.2), brought from −1..1 to 0..1.
   */
  MARGIN {
    @Override
    double score(ClassProbabilities probabilities, int image, int label) {
      int other = probabilities.likeliestBut(image, label);
      return ((double) probabilities.of(image, label) - probabilities.of(image, other) + 1) / 2;
    }
  },

  /**
   * The self-confidence: the probability of the label (J. Kuan and J. Mueller, Model-agnostic label
   * quality scoring to detect real-world label errors, 2022). Of images that networks are all but
   * sure of it tells those apart whose label is impossible from those whose label is one of two.
   */
  SELF_CONFIDENCE {
    @Override
    double score(ClassProbabilities probabilities, int image, int label) {
      return probabilities.of(image, label);
    }
  };

  abstract double score(ClassProbabilities probabilities, int image, int label);

  /** Its name as people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
