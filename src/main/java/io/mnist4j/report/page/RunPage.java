package io.mnist4j.report.page;

import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Proportion;
import io.mnist4j.report.plot.CalibrationPlot;
import io.mnist4j.report.plot.ClassBars;
import io.mnist4j.report.plot.ConfusionPlot;
import io.mnist4j.report.plot.CurvesPlot;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.MistakesPlot;
import io.mnist4j.report.plot.WeightImages;
import io.mnist4j.report.text.HtmlTemplates;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.report.text.PrivacyText;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.SavedRun;
import io.mnist4j.run.SummaryFile;
import io.mnist4j.train.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the page of one run shows; the template {@code run.jte} says how.
 *
 * @param test of the run's network on its test images; without it the page has no more than the
 *     run's text files say
 * @param whyNotTested said where there is no test
 */
public record RunPage(SavedRun run, Optional<EvaluationSummary> test, String whyNotTested) {

  private static final String ON_TEST =
      "Validated on the test images, the same that judge the result. ";
  private static final String UNCHOSEN =
      "Nothing was chosen by them here; who chooses settings by these curves should hold a part of"
          + " the training images out for that: data.validation=0.1.";
  private static final String CHOSEN =
      "They decided when to stop, so the test accuracy is a little too good; data.validation=0.1"
          + " leaves that to a part of the training images.";

  /** The whole page. */
  public String html() {
    return HtmlTemplates.render("run.jte", this);
  }

  /** The plots that are written as files. */
  public List<Drawing> drawings() {
    List<Drawing> drawings =
        new ArrayList<>(List.of(CurvesPlot.loss(run), CurvesPlot.accuracy(run)));
    CurvesPlot.energy(run).ifPresent(drawings::add);
    CurvesPlot.privacy(run).ifPresent(drawings::add);
    test.ifPresent(
        summary -> {
          ClassificationReport figures = summary.figures();
          drawings.add(ConfusionPlot.draw(figures));
          drawings.add(ClassBars.draw(figures));
          figures.calibration().map(CalibrationPlot::draw).ifPresent(drawings::add);
          drawings.add(MistakesPlot.draw(summary));
          WeightImages.of(summary.trained()).map(WeightImages::drawing).ifPresent(drawings::add);
        });
    return drawings;
  }

  /** What a reader must know before the figures. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (run.result().isEmpty()) {
      notes.add(
          "This run is not finished; continue it with: mnist4j train --resume %s"
              .formatted(run.folder().path()));
    } else if (test.isEmpty()) {
      notes.add("Without the test images: " + whyNotTested);
    }
    testedAgain().ifPresent(notes::add);
    return notes;
  }

  /** What to say where the figures of today are not those of the run. */
  private Optional<String> testedAgain() {
    if (run.result().isEmpty() || test.isEmpty()) {
      return Optional.empty();
    }
    Proportion then = run.result().get().accuracy();
    Proportion now = test.get().figures().accuracy();
    // Training computes in another order of additions, which may turn an image or two.
    long tolerated = 1 + then.trials() / 1_000;
    return then.trials() == now.trials()
            && Math.abs(then.successes() - now.successes()) <= tolerated
        ? Optional.empty()
        : Optional.of(
            "Tested again, the network named %s of %s images rightly, not %s of %s as at the end of"
                    .formatted(
                        NumberText.count(now.successes()),
                        NumberText.count(now.trials()),
                        NumberText.count(then.successes()),
                        NumberText.count(then.trials()))
                + " the run: the data set has changed since.");
  }

  /** The line below the title. */
  public String lead() {
    return run.result()
        .map(
            result ->
                "Trained on %s; %s%s."
                    .formatted(
                        result.dataset(),
                        ending(result),
                        result.finishedText().map(when -> ", " + when).orElse("")))
        .orElse("A run of mnist4j.");
  }

  /** What validated the epochs, said where the curves are; empty where the run does not tell. */
  public Optional<String> validatedOn() {
    return run.result()
        .filter(result -> result.validatedOn() != null)
        .map(
            result ->
                switch (result.validatedOn()) {
                  case "test" -> ON_TEST + (result.chosenByTest() == null ? UNCHOSEN : CHOSEN);
                  case "training" ->
                      "Validated on a part of the training images that was not learned from.";
                  default -> "Validated on the validation images of the data set.";
                });
  }

  private static String ending(SummaryFile result) {
    return switch (result.ending()) {
      case "completed" -> "all epochs done";
      case "early-stopped" -> "stopped early";
      case "target-reached" -> "ended at its target";
      case "time-limit" -> "ended at its time limit";
      default -> result.ending();
    };
  }

  /** The training accuracy of an epoch, or a dash where an older version did not write it. */
  private static String trainAccuracy(EpochMetrics epoch) {
    return NumberText.share(epoch.trainAccuracy() == null ? Double.NaN : epoch.trainAccuracy());
  }

  /** The learning rate at the end of an epoch, or a dash. */
  private static String learningRate(EpochMetrics epoch) {
    return epoch.learningRate() == null ? "-" : NumberText.format("%.3g", epoch.learningRate());
  }

  /** The columns of the table of epochs. */
  public List<String> epochColumns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "epoch",
                "training loss",
                "validation loss",
                "validation accuracy",
                "training accuracy",
                "learning rate",
                "seconds"));
    if (isPrivate()) {
      columns.add("epsilon");
    }
    return columns;
  }

  /** A row of the table of epochs. */
  public List<String> epochRow(EpochMetrics epoch) {
    List<String> row =
        new ArrayList<>(
            List.of(
                String.valueOf(epoch.epoch()),
                NumberText.share(epoch.trainLoss()),
                NumberText.share(epoch.validationLoss()),
                NumberText.share(epoch.validationAccuracy()),
                trainAccuracy(epoch),
                learningRate(epoch),
                NumberText.duration(epoch.seconds())));
    if (isPrivate()) {
      row.add(epoch.epsilon() == null ? "-" : NumberText.format("%.4f", epoch.epsilon()));
    }
    return row;
  }

  private boolean isPrivate() {
    return run.epochs().stream().anyMatch(epoch -> epoch.epsilon() != null);
  }

  /** What the training tells of any one image, in sentences; empty where it was not private. */
  public Optional<String> privacy() {
    return run.result().map(SummaryFile::privacy).map(PrivacyText::of);
  }

  /** The layers of a network in a line. */
  public String layers(EvaluationSummary summary) {
    return Stream.of(summary.trained().network().getLayers())
        .map(
            layer ->
                "%s (%s parameters)"
                    .formatted(
                        layer.conf().getLayer().getClass().getSimpleName(),
                        NumberText.count(layer.numParams())))
        .collect(Collectors.joining(", "));
  }
}
