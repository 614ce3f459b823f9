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
        "Test accuracy: %.2f (%.4f on %,d %s images; %.1f s, %,.0f samples/s; %s)%n",
        summary.test().accuracy(),
        summary.test().accuracy(),
        summary.test().images(),
        summary.dataset(),
        training.seconds(),
        training.samplesPerSecond(),
        summary.model());
  }

  static String of(EvaluationSummary summary) {
    Evaluation test = summary.test();
    return format(
        "Loss: %.4f%nAccuracy: %.4f%nTest accuracy: %.2f (%.4f: %,d of %,d %s images)%n",
        test.loss(),
        test.accuracy(),
        test.accuracy(),
        test.accuracy(),
        test.correct(),
        test.images(),
        summary.dataset());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
