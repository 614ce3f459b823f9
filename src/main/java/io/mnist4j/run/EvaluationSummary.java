package io.mnist4j.run;

import static org.nd4j.shade.jackson.annotation.JsonInclude.Include.NON_NULL;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.Part;
import io.mnist4j.energy.EnergyUse;
import io.mnist4j.eval.Calibration;
import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Predictions;
import io.mnist4j.eval.Proportion;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.text.Json;
import io.mnist4j.text.KebabCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The result of testing a saved model.
 *
 * @param dataset whose test images it was tested on
 * @param predictions of each of them
 * @param imageNames the file of each image; empty where they have no names but their number
 * @param figures metrics of the predictions
 * @param trained the model
 * @param threads that computed
 * @param model the model's file
 * @param part of the data that the images are
 * @param energy that the predictions took; empty where the machine does not show it
 * @param source the part of the data's files that they were taken from: that of training for
 *     validation images that were split off
 */
public record EvaluationSummary(
    String dataset,
    Predictions predictions,
    List<String> imageNames,
    ClassificationReport figures,
    TrainedModel trained,
    Backend backend,
    int threads,
    Path model,
    Part part,
    Optional<EnergyUse> energy,
    Part source) {

  /** Of the test images, whose energy was not measured. */
  public EvaluationSummary(
      String dataset,
      Predictions predictions,
      List<String> imageNames,
      ClassificationReport figures,
      TrainedModel trained,
      Backend backend,
      int threads,
      Path model) {
    this(
        dataset,
        predictions,
        imageNames,
        figures,
        trained,
        backend,
        threads,
        model,
        Part.TEST,
        Optional.empty(),
        Part.TEST);
  }

  public EvaluationSummary {
    imageNames = List.copyOf(imageNames);
  }

  /** The name of an image's class. */
  public String className(int image) {
    return figures.classes().get(predictions.images().label(image)).name();
  }

  /** The name of the class that the model took an image for. */
  public String saidName(int image) {
    return figures.classes().get(predictions.said(image)).name();
  }

  /** What an image is called: its file, or its number from 0. */
  public String imageName(int image) {
    return imageNames.isEmpty() ? String.valueOf(image) : imageNames.get(image);
  }

  /** The document of {@code evaluate --format json}; its keys mean what those of a run mean. */
  public String toJson() {
    return toJson(Optional.empty());
  }

  /**
   * The same with figures by groups of the images.
   *
   * @param groups a document of its own, which is put under this key
   */
  public String toJson(Optional<JsonNode> groups) {
    Map<String, String> computed = backend.description();
    return Json.pretty(
        new EvaluationDocument(
            dataset,
            part == Part.TEST ? null : part.toString(),
            figures.images(),
            figures.accuracy().value(),
            interval(figures.accuracy()),
            figures.loss(),
            figures.top3().value(),
            interval(figures.top3()),
            figures.calibration().map(Calibration::error).orElse(null),
            figures.macroPrecision(),
            figures.macroRecall(),
            figures.macroF1(),
            figures.worstClass().name(),
            figures.classes().stream().map(ClassEntry::of).toList(),
            List.of(figures.confusion().rows()),
            threads,
            computed.get("backend"),
            computed.get("device"),
            computed.get("computeCapability"),
            computed.get("driver"),
            computed.get("cudaVersion"),
            trained.origin().isPresent() ? null : trained.provenance().seed(),
            trained.network().numParams(),
            model.toString(),
            energy.map(EnergyUse::joules).orElse(null),
            energy.map(use -> 1_000 * use.joules() / figures.images()).orElse(null),
            energy.map(EnergyUse::source).orElse(null),
            energy.map(use -> Json.orNull(use.carbonGrams())).orElse(null),
            groups.orElse(null)));
  }

  @KebabCase
  private record EvaluationDocument(
      String dataset,
      @JsonInclude(NON_NULL) String split,
      long images,
      double testAccuracy,
      List<Double> testAccuracyInterval,
      double testLoss,
      double top3Accuracy,
      List<Double> top3AccuracyInterval,
      Double calibrationError,
      double macroPrecision,
      double macroRecall,
      double macroF1,
      String worstClass,
      List<ClassEntry> classes,
      List<int[]> confusionMatrix,
      int threads,
      String backend,
      @JsonInclude(NON_NULL) String device,
      @JsonInclude(NON_NULL) String computeCapability,
      @JsonInclude(NON_NULL) String driver,
      @JsonInclude(NON_NULL) String cudaVersion,
      Long seed,
      long parameters,
      String model,
      @JsonInclude(NON_NULL) Double energyJoules,
      @JsonInclude(NON_NULL) Double energyJoulesPerThousand,
      @JsonInclude(NON_NULL) String energySource,
      @JsonInclude(NON_NULL) Double carbonGrams,
      @JsonInclude(NON_NULL) JsonNode groups) {}

  private record ClassEntry(
      String name,
      long support,
      Double precision,
      List<Double> precisionInterval,
      Double recall,
      List<Double> recallInterval,
      Double f1) {
    static ClassEntry of(ClassMetrics metrics) {
      return new ClassEntry(
          metrics.name(),
          metrics.support(),
          finite(metrics.precision().value()),
          interval(metrics.precision()),
          finite(metrics.recall().value()),
          interval(metrics.recall()),
          finite(metrics.f1()));
    }
  }

  /** JSON has no word for what is not a number. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static List<Double> interval(Proportion share) {
    return share.known() ? List.of(share.low(), share.high()) : null;
  }
}
