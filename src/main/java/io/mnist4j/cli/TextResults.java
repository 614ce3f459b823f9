package io.mnist4j.cli;

import io.mnist4j.eval.Evaluation;
import io.mnist4j.experiment.EvaluationSummary;
import io.mnist4j.experiment.RunSummary;
import io.mnist4j.train.TrainingResult;
import java.util.Locale;

/** Results as a person reads them. */
final class TextResults {
  private TextResults() {}

  static String of(RunSummary summary) {
    TrainingResult training = summary.training();
    return format(
        "Test accuracy: %.2f (%s; %d epoch%s in %.1f s, %,.0f samples/s; model: %s)%n",
        summary.test().accuracy(),
        exactly(summary.test(), summary.dataset()),
        training.epochs().size(),
        training.epochs().size() == 1 ? "" : "s",
        training.seconds(),
        training.samplesPerSecond(),
        summary.model());
  }

  static String of(EvaluationSummary summary) {
    Evaluation evaluation = summary.test();
    return format(
        "Loss: %.4f%nAccuracy: %.4f%nTest accuracy: %.2f (%s)%n",
        evaluation.loss(),
        evaluation.accuracy(),
        evaluation.accuracy(),
        exactly(evaluation, summary.dataset()));
  }

  private static String exactly(Evaluation evaluation, String dataset) {
    return format(
        "%.4f: %,d of %,d %s images",
        evaluation.accuracy(), evaluation.correct(), evaluation.images(), dataset);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
