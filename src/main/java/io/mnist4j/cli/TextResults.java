package io.mnist4j.cli;

import io.mnist4j.data.DataSplit;
import io.mnist4j.experiment.ExperimentRun;
import io.mnist4j.experiment.RunSummary;
import io.mnist4j.train.TrainingResult;
import java.util.Locale;

/** Results as a person reads them. */
final class TextResults {
  private TextResults() {}

  /** What a run is about to do, in a line. */
  static String of(ExperimentRun run) {
    DataSplit images = run.images();
    String validated =
        images.validatesOnTest() ? "" : format(", %,d to validate", images.validation().size());
    return format(
        "Training on %s: %,d images%s, %,d to test; %s%d thread%s",
        images.dataset().name(),
        images.train().size(),
        validated,
        images.test().size(),
        run.choosesThreads() ? "up to " : "",
        run.mostThreads(),
        run.mostThreads() == 1 ? "" : "s");
  }

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

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
