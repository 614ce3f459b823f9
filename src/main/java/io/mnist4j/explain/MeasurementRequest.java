package io.mnist4j.explain;

import io.mnist4j.run.EvaluationRequest;
import java.util.List;

/**
 * Whose explanations are measured.
 *
 * @param of the model, and the images that it is asked about
 * @param images how many, drawn from them by the seed; all if they are fewer
 * @param seed of the choice of images, of the squares and of the random order
 * @param methods to be measured, beside the random order
 */
public record MeasurementRequest(
    EvaluationRequest of, int images, long seed, List<ExplanationMethod> methods) {

  public MeasurementRequest {
    methods = List.copyOf(methods);
    if (images < 1) {
      throw new IllegalArgumentException("images must be at least 1, not " + images);
    }
  }
}
