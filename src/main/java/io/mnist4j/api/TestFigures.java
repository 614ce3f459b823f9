package io.mnist4j.api;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.run.EvaluationSummary;
import java.util.List;

/**
 * How good a model is on test images.
 *
 * @param dataset the name of the data
 * @param images how many were tested
 * @param accuracy share that was named rightly, 0 to 1
 * @param accuracyLow lower end of its 95 % interval
 * @param accuracyHigh upper end of its 95 % interval
 * @param loss mean of the network's own loss: in nats for cross-entropy
 * @param macroF1 mean of the F1 of all classes, 0 to 1
 * @param labels of the classes
 * @param confusion {@code [true class][class that was said]}, counts; in the order of the labels
 */
public record TestFigures(
    String dataset,
    long images,
    double accuracy,
    double accuracyLow,
    double accuracyHigh,
    double loss,
    double macroF1,
    List<String> labels,
    int[][] confusion) {

  public TestFigures {
    labels = List.copyOf(labels);
  }

  static TestFigures of(EvaluationSummary summary) {
    ClassificationReport figures = summary.figures();
    return new TestFigures(
        summary.dataset(),
        figures.images(),
        figures.accuracy().value(),
        figures.accuracy().low(),
        figures.accuracy().high(),
        figures.loss(),
        figures.macroF1(),
        figures.classes().stream().map(ClassMetrics::name).toList(),
        figures.confusion().rows());
  }
}
