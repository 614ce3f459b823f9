package io.mnist4j.report.text;

import io.mnist4j.data.DataSplit;
import io.mnist4j.run.ExperimentFile;
import io.mnist4j.run.FirstBatch;
import io.mnist4j.run.RunSummary;
import io.mnist4j.run.SummaryFile;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.run.repeat.RepeatSummary;
import io.mnist4j.train.ThreadTuner;
import io.mnist4j.train.TrainingResult;

/** A training as plain text. */
public final class TrainingText {
  private TrainingText() {}

  /** What a run is about to do, in a line. */
  public static String of(TrainingSession session) {
    DataSplit images = session.inputs().images();
    ThreadTuner tuner = session.tuner();
    String validated =
        images.validatesOnTest()
            ? NumberText.format("%,d to validate and to test", images.test().size())
            : NumberText.format(
                "%,d to validate, %,d to test", images.validation().size(), images.test().size());
    return NumberText.format(
        "Training on %s: %,d images, %s; %s%d thread%s",
        images.dataset().name(),
        images.train().size(),
        validated,
        tuner.isAutomatic() ? "up to " : "",
        tuner.maxThreads(),
        tuner.maxThreads() == 1 ? "" : "s");
  }

  /** What a run would do, and what its first batch came to. */
  public static String of(FirstBatch batch) {
    return ExperimentFile.toYaml(batch.session().inputs().experiment())
        + "\n"
        + batch.model().toText()
        + "\n"
        + of(batch.session())
        + NumberText.format(
            "%nA batch of %,d images: loss %.4f. All is right, and nothing was written%n",
            batch.images(), batch.loss());
  }

  /** The result of a run, in a line. */
  public static String of(RunSummary summary) {
    TrainingResult training = summary.training();
    return NumberText.format(
            "%s; %.1f s, %,.0f samples/s; %s%s)%n",
            NumberText.testAccuracy(
                summary.test().accuracy(), summary.test().images(), summary.dataset()),
            training.seconds(),
            training.samplesPerSecond(),
            summary.model(),
            summary.chosenByTest() ? "; the test images decided when to stop" : "")
        + summary
            .privacy()
            .map(statement -> PrivacyText.bound(statement) + System.lineSeparator())
            .orElse("");
  }

  /** What runs with several seeds came to: a line for each, then mean and standard deviation. */
  public static String of(RepeatSummary summary) {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (SummaryFile run : summary.runs()) {
      number++;
      text.append(
          summary.folds()
              ? NumberText.format(
                  "Fold %d: validation accuracy %.4f; ",
                  number, RepeatSummary.validationAccuracy(run))
              : NumberText.format("Seed %d: ", run.seed()));
      text.append(
          NumberText.format(
              "test accuracy %.4f, loss %.4f; %s%n",
              run.testAccuracy(), run.testLoss(), run.model()));
    }
    SummaryFile first = summary.runs().get(0);
    if (summary.folds()) {
      text.append(
          NumberText.format(
              "Validation accuracy: %s, mean ± standard deviation of %d folds%n",
              NumberText.spread(summary.validationAccuracy()), number));
    }
    text.append(
        NumberText.format(
            "Test accuracy: %s, mean ± standard deviation of %d runs on %,d %s images%n",
            NumberText.spread(summary.testAccuracy()),
            summary.runs().size(),
            first.images(),
            first.dataset()));
    return text.append(NumberText.format("Test loss: %s%n", NumberText.spread(summary.testLoss())))
        .toString();
  }
}
