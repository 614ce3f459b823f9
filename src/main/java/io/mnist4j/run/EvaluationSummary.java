package io.mnist4j.run;

import io.mnist4j.backend.Backend;
import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.ConfusionMatrix;
import io.mnist4j.eval.Predictions;
import io.mnist4j.eval.Proportion;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.text.Json;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * What the test of a saved model came to.
 *
 * @param dataset whose test images it was tested on
 * @param predictions what it said of each of them
 * @param imageNames where each image comes from; empty where they have no names but their number
 * @param figures how good that was
 * @param trained the model
 * @param threads that computed
 * @param model where it lies
 */
public record EvaluationSummary(
    String dataset,
    Predictions predictions,
    List<String> imageNames,
    ClassificationReport figures,
    TrainedModel trained,
    Backend backend,
    int threads,
    Path model) {

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
    ObjectNode root = Json.object();
    root.put("dataset", dataset);
    root.put("images", figures.images());
    root.put("testAccuracy", figures.accuracy().value());
    root.set("testAccuracyInterval", interval(root, figures.accuracy()));
    root.put("testLoss", figures.loss());
    root.put("top3Accuracy", figures.top3().value());
    root.set("top3AccuracyInterval", interval(root, figures.top3()));
    figures
        .calibration()
        .ifPresentOrElse(
            calibration -> root.put("calibrationError", calibration.error()),
            () -> root.putNull("calibrationError"));
    root.put("macroPrecision", figures.macroPrecision());
    root.put("macroRecall", figures.macroRecall());
    root.put("macroF1", figures.macroF1());
    root.put("worstClass", figures.worstClass().name());
    ArrayNode classes = root.putArray("classes");
    for (ClassMetrics figure : figures.classes()) {
      ObjectNode entry = classes.addObject();
      entry.put("name", figure.name());
      entry.put("support", figure.support());
      put(entry, "precision", figure.precision());
      put(entry, "recall", figure.recall());
      putFinite(entry, "f1", figure.f1());
    }
    ConfusionMatrix confusion = figures.confusion();
    ArrayNode matrix = root.putArray("confusionMatrix");
    for (int actual = 0; actual < confusion.classes(); actual++) {
      ArrayNode row = matrix.addArray();
      for (int said = 0; said < confusion.classes(); said++) {
        row.add(confusion.count(actual, said));
      }
    }
    root.put("threads", threads);
    backend.description().forEach(root::put);
    if (trained.origin().isPresent()) {
      root.putNull("seed");
    } else {
      root.put("seed", trained.provenance().seed());
    }
    root.put("parameters", trained.network().numParams());
    root.put("model", model.toString());
    return Json.pretty(root);
  }

  private static void put(ObjectNode entry, String key, Proportion proportion) {
    putFinite(entry, key, proportion.value());
    if (proportion.known()) {
      entry.set(key + "Interval", interval(entry, proportion));
    } else {
      entry.putNull(key + "Interval");
    }
  }

  /** JSON has no word for what is not a number. */
  private static void putFinite(ObjectNode entry, String key, double value) {
    if (Double.isFinite(value)) {
      entry.put(key, value);
    } else {
      entry.putNull(key);
    }
  }

  private static ArrayNode interval(ObjectNode parent, Proportion proportion) {
    return parent.arrayNode().add(proportion.low()).add(proportion.high());
  }
}
