package io.mnist4j.fairness;

import io.mnist4j.eval.ClassificationReport;

/**
 * How good a model is on the images of one group.
 *
 * @param name of the group
 * @param writers of its images; 0 where they are not known
 * @param figures of its images alone
 */
public record GroupFigures(String name, int writers, ClassificationReport figures) {
  /** The share of its images that were named rightly, 0 to 1. */
  public double accuracy() {
    return figures.accuracy().value();
  }
}
