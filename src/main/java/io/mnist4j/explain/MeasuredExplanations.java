package io.mnist4j.explain;

import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import java.nio.file.Path;
import java.util.List;

/**
 * How good the explanations of a model's answers are.
 *
 * @param model the model's file
 * @param dataset whose test images were explained
 * @param images how many of them
 * @param seed of the choice of images, of the squares and of the random order
 * @param methods one for each that was measured
 */
public record MeasuredExplanations(
    Path model, String dataset, int images, long seed, List<ExplanationQuality> methods) {

  public MeasuredExplanations {
    methods = List.copyOf(methods);
  }

  /** The document of {@code explain --measure --format json}. */
  public String toJson() {
    return Json.pretty(
        new MeasureDocument(
            model.toString(),
            dataset,
            images,
            seed,
            methods.stream().map(MethodEntry::of).toList()));
  }

  @KebabCase
  private record MeasureDocument(
      String model, String dataset, int images, long seed, List<MethodEntry> methods) {}

  private record MethodEntry(
      String method,
      double deletion,
      List<Double> deletionInterval,
      double insertion,
      List<Double> insertionInterval,
      double infidelity,
      List<Double> infidelityInterval,
      double unexplained) {

    static MethodEntry of(ExplanationQuality quality) {
      return new MethodEntry(
          quality.method(),
          quality.deletion().mean(),
          interval(quality.deletion()),
          quality.insertion().mean(),
          interval(quality.insertion()),
          quality.infidelity().mean(),
          interval(quality.infidelity()),
          quality.unexplained());
    }

    private static List<Double> interval(MeanEstimate estimate) {
      return List.of(estimate.mean() - estimate.margin(), estimate.mean() + estimate.margin());
    }
  }
}
