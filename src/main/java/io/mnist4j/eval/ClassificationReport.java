package io.mnist4j.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How good a network is, in the usual figures.
 *
 * @param accuracy the images that it named rightly
 * @param top3 the images whose class is among its three most likely
 * @param loss mean of the network's own loss: in nats for cross-entropy
 * @param calibration empty where the outputs are no probabilities
 * @param classes one for each class, in the order of the labels
 * @param confusion what was taken for what
 */
public record ClassificationReport(
    Proportion accuracy,
    Proportion top3,
    double loss,
    Optional<Calibration> calibration,
    List<ClassMetrics> classes,
    ConfusionMatrix confusion) {
  private static final int TOP = 3;

  public ClassificationReport {
    classes = List.copyOf(classes);
  }

  /**
   * Counts.
   *
   * @param classNames index = label of the images
   */
  public static ClassificationReport of(Predictions predictions, List<String> classNames) {
    int classes = predictions.classes();
    int[][] counts = new int[classes][classes];
    int right = 0;
    int amongTop = 0;
    for (int image = 0; image < predictions.size(); image++) {
      counts[predictions.images().label(image)][predictions.said(image)]++;
      right += predictions.isRight(image) ? 1 : 0;
      amongTop += predictions.classesAhead(image) < TOP ? 1 : 0;
    }
    ConfusionMatrix confusion = new ConfusionMatrix(counts);
    List<ClassMetrics> figures = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      int hits = confusion.count(label, label);
      figures.add(
          new ClassMetrics(
              classNames.get(label),
              new Proportion(hits, confusion.support(label)),
              new Proportion(hits, confusion.said(label))));
    }
    return new ClassificationReport(
        new Proportion(right, predictions.size()),
        new Proportion(amongTop, predictions.size()),
        predictions.loss(),
        predictions.areProbabilities()
            ? Optional.of(Calibration.of(predictions))
            : Optional.empty(),
        figures,
        confusion);
  }

  /** The number of images. */
  public long images() {
    return accuracy.trials();
  }

  /**
   * The mean of the precisions of all classes that have images; a class that was never said counts
   * as 0.
   */
  public double macroPrecision() {
    return mean(metrics -> metrics.precision().known() ? metrics.precision().value() : 0);
  }

  /** The mean of the recalls of all classes that have images. */
  public double macroRecall() {
    return mean(metrics -> metrics.recall().value());
  }

  /** The mean of the F1 of all classes that have images. */
  public double macroF1() {
    return mean(ClassMetrics::f1);
  }

  /** The class with the lowest F1 of those that have images; of equals the first. */
  public ClassMetrics worstClass() {
    return classes.stream()
        .filter(metrics -> metrics.recall().known())
        .min(Comparator.comparingDouble(ClassMetrics::f1))
        .orElseThrow();
  }

  private double mean(ToDoubleFunction<ClassMetrics> figure) {
    return classes.stream()
        .filter(metrics -> metrics.recall().known())
        .mapToDouble(figure)
        .average()
        .orElseThrow();
  }
}
