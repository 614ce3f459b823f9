package io.mnist4j.report.page;

import io.mnist4j.data.ImageSet;
import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.ConfusionMatrix.Confusion;
import io.mnist4j.eval.Predictions;
import io.mnist4j.eval.Proportion;
import io.mnist4j.model.Build;
import io.mnist4j.model.Provenance;
import io.mnist4j.report.plot.CalibrationPlot;
import io.mnist4j.report.plot.ClassBars;
import io.mnist4j.report.plot.ConfusionPlot;
import io.mnist4j.report.plot.CurvesPlot;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.MistakesPlot;
import io.mnist4j.report.plot.WeightImages;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.SavedRun;
import io.mnist4j.run.SummaryFile;
import io.mnist4j.train.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;

/** The page of one run. */
public final class RunPage {
  private static final int CONFUSIONS = 12;

  private final SavedRun run;
  private final Optional<EvaluationSummary> test;
  private final String whyNotTested;
  private final PageWriter page;

  private RunPage(SavedRun run, Optional<EvaluationSummary> test, String whyNotTested) {
    this.run = run;
    this.test = test;
    this.whyNotTested = whyNotTested;
    this.page = new PageWriter(run.name() + " - mnist4j");
  }

  /**
   * Writes it.
   *
   * @param test of the run's network on its test images; without it the page has no more than the
   *     run's text files say
   * @param whyNotTested said where there is no test
   */
  public static String html(SavedRun run, Optional<EvaluationSummary> test, String whyNotTested) {
    return new RunPage(run, test, whyNotTested).html();
  }

  /** The plots of the page. */
  public static List<Drawing> drawings(SavedRun run, Optional<EvaluationSummary> test) {
    List<Drawing> drawings =
        new ArrayList<>(List.of(CurvesPlot.loss(run), CurvesPlot.accuracy(run)));
    test.ifPresent(
        summary -> {
          ClassificationReport figures = summary.figures();
          drawings.add(ConfusionPlot.draw(figures));
          drawings.add(ClassBars.draw(figures));
          figures.calibration().map(CalibrationPlot::draw).ifPresent(drawings::add);
        });
    return drawings;
  }

  /** What the page shows as images: plots, too, where they are files. */
  public static List<Drawing> images(EvaluationSummary test) {
    List<Drawing> drawings = new ArrayList<>(List.of(MistakesPlot.draw(test)));
    weightImages(test).map(WeightImages::drawing).ifPresent(drawings::add);
    return drawings;
  }

  private static Optional<WeightImages> weightImages(EvaluationSummary test) {
    Provenance provenance = test.trained().provenance();
    return WeightImages.of(test.trained().network(), provenance.height(), provenance.width());
  }

  private String html() {
    header();
    curves();
    test.ifPresent(
        summary -> {
          confusion(summary.figures());
          classes(summary.figures());
          mistakes(summary);
          weights(summary);
        });
    settings();
    test.ifPresent(summary -> provenance(summary));
    return page.end("Written by mnist4j " + Build.current().mnist4j() + ".");
  }

  private void header() {
    page.open("header").element("h1", run.name());
    page.element("p", "lead", lead());
    if (run.result().isEmpty()) {
      page.element(
          "p",
          "note",
          "This run has not come to its end: mnist4j train --resume %s goes on with it."
              .formatted(run.folder().path()));
    } else if (test.isEmpty()) {
      page.element("p", "note", "Without the test images: " + whyNotTested);
    }
    testedAgain().ifPresent(note -> page.element("p", "note", note));
    page.open("dl", "tiles");
    run.result().ifPresent(this::tiles);
    if (run.result().isEmpty()) {
      EpochMetrics last = run.epochs().get(run.epochs().size() - 1);
      page.tile("Epochs so far", NumberText.count(last.epoch()), "");
      page.tile("Validation accuracy", NumberText.percent(last.validationAccuracy(), 2), "");
      page.tile("Validation loss", NumberText.share(last.validationLoss()), "");
    }
    page.close("dl").close("header");
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

  private String lead() {
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

  private static String ending(SummaryFile result) {
    return switch (result.ending()) {
      case "completed" -> "all epochs done";
      case "early-stopped" -> "stopped early";
      case "target-reached" -> "ended at its target";
      case "time-limit" -> "ended at its time limit";
      default -> result.ending();
    };
  }

  private void tiles(SummaryFile result) {
    Proportion accuracy = result.accuracy();
    page.tile("Test accuracy", NumberText.percent(accuracy.value(), 2), interval(accuracy));
    test.ifPresent(
        summary ->
            page.tile(
                "Top-3 accuracy",
                NumberText.percent(summary.figures().top3().value(), 2),
                interval(summary.figures().top3())));
    page.tile("Test loss", NumberText.share(result.testLoss()), "");
    test.ifPresent(
        summary -> {
          summary
              .figures()
              .calibration()
              .ifPresent(
                  calibration ->
                      page.tile(
                          "Calibration error",
                          NumberText.share(calibration.error()),
                          "ECE, 15 bins"));
          ClassMetrics worst = summary.figures().worstClass();
          page.tile("Worst class", worst.name(), "F1 " + NumberText.share(worst.f1()));
        });
    int epochs = run.epochs().size();
    page.tile(
        "Epochs",
        NumberText.count(epochs),
        result.bestEpoch() == epochs ? "" : "the network is that of epoch " + result.bestEpoch());
    page.tile(
        "Training",
        NumberText.duration(result.trainSeconds()),
        NumberText.count(Math.round(result.samplesPerSecond())) + " samples/s");
    page.tile("Parameters", NumberText.count(result.parameters()), "");
  }

  private static String interval(Proportion share) {
    return "95 %% interval %s to %s"
        .formatted(NumberText.percent(share.low(), 2), NumberText.percent(share.high(), 2));
  }

  private void curves() {
    page.open("section").element("h2", "Learning curves").open("div", "pair");
    page.drawing(CurvesPlot.loss(run)).drawing(CurvesPlot.accuracy(run)).close("div");
    page.table(
        "Epochs",
        List.of("epoch", "training loss", "validation loss", "validation accuracy", "seconds"),
        run.epochs().stream()
            .map(
                epoch ->
                    List.of(
                        String.valueOf(epoch.epoch()),
                        NumberText.share(epoch.trainLoss()),
                        NumberText.share(epoch.validationLoss()),
                        NumberText.share(epoch.validationAccuracy()),
                        NumberText.duration(epoch.seconds())))
            .toList());
    page.close("section");
  }

  private void confusion(ClassificationReport figures) {
    page.open("section").element("h2", "What was taken for what").open("div", "pair");
    page.drawing(ConfusionPlot.draw(figures));
    List<Confusion> confusions = figures.confusion().confusions();
    if (confusions.isEmpty()) {
      page.element("p", "Nothing was confused.");
    } else {
      confusions(figures, confusions);
    }
    page.close("div").close("section");
  }

  private void confusions(ClassificationReport figures, List<Confusion> confusions) {
    long wrong = figures.accuracy().trials() - figures.accuracy().successes();
    page.table(
        "The most frequent confusions; %s in all".formatted(NumberText.count(wrong)),
        List.of("what it is", "what was said", "images", "of its class"),
        confusions.stream()
            .limit(CONFUSIONS)
            .map(
                confusion -> {
                  ClassMetrics actual = figures.classes().get(confusion.actual());
                  return List.of(
                      actual.name(),
                      figures.classes().get(confusion.said()).name(),
                      NumberText.count(confusion.images()),
                      NumberText.percent((double) confusion.images() / actual.support(), 1));
                })
            .toList());
  }

  private void classes(ClassificationReport figures) {
    page.open("section").element("h2", "Classes and confidence").open("div", "pair");
    page.drawing(ClassBars.draw(figures));
    figures.calibration().map(CalibrationPlot::draw).ifPresent(page::drawing);
    page.close("div");
    page.table(
        "Classes, with 95 % intervals (Wilson)",
        List.of("class", "images", "precision", "interval", "recall", "interval", "F1"),
        figures.classes().stream()
            .map(
                row ->
                    List.of(
                        row.name(),
                        NumberText.count(row.support()),
                        NumberText.share(row.precision()),
                        NumberText.interval(row.precision()),
                        NumberText.share(row.recall()),
                        NumberText.interval(row.recall()),
                        NumberText.share(row.f1())))
            .toList());
    page.close("section");
  }

  private void mistakes(EvaluationSummary summary) {
    Predictions predictions = summary.predictions();
    List<Integer> mistakes = predictions.mistakes();
    page.open("section").element("h2", "The most confident mistakes");
    if (mistakes.isEmpty()) {
      page.element("p", "None: every test image was named rightly.").close("section");
      return;
    }
    page.element(
        "p",
        "hint",
        "%s of %s mistakes; images are numbered from 0."
            .formatted(
                NumberText.count(Math.min(MistakesPlot.MOST, mistakes.size())),
                NumberText.count(mistakes.size())));
    page.open("ul", "gallery");
    for (int image : mistakes.subList(0, Math.min(MistakesPlot.MOST, mistakes.size()))) {
      String actual = summary.className(image);
      String said = summary.saidName(image);
      ImageSet images = predictions.images();
      page.open("li")
          .image(
              MistakesPlot.inkOnPaper(images, image),
              "image %s: %s, taken for %s".formatted(summary.imageName(image), actual, said));
      page.open("span").element("b", "said " + said);
      page.element("span", "hint", "%s sure".formatted(confidence(predictions, image)));
      page.close("span").open("span").element("span", "is " + actual);
      page.element("span", "hint", "image " + summary.imageName(image));
      page.close("span").close("li");
    }
    page.close("ul").close("section");
  }

  private static String confidence(Predictions predictions, int image) {
    return NumberText.percent(predictions.confidence(image), 1);
  }

  private void weights(EvaluationSummary summary) {
    weightImages(summary)
        .ifPresent(
            weights -> {
              page.open("section").element("h2", "What the first layer looks for");
              page.element("p", "hint", weights.legend());
              page.open("figure", weights.image().width() < 400 ? "weights filters" : "weights");
              page.image(
                  weights.image(), "the weights of %d units as images".formatted(weights.shown()));
              page.close("figure").close("section");
            });
  }

  private void settings() {
    page.open("section").element("h2", "Settings");
    page.verbatim("config.yaml", run.config().strip()).close("section");
  }

  private void provenance(EvaluationSummary summary) {
    Provenance provenance = summary.trained().provenance();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("data set", provenance.dataset()));
    provenance.datasetSha256().forEach((file, hash) -> rows.add(List.of(file, hash)));
    rows.add(List.of("seed", String.valueOf(provenance.seed())));
    rows.add(List.of("image size", "%dx%d".formatted(provenance.height(), provenance.width())));
    rows.add(List.of("classes", String.join(", ", provenance.labels())));
    rows.add(List.of("layers", layers(summary)));
    addAll(rows, provenance.versions());
    addAll(rows, provenance.platform());
    run.result()
        .ifPresent(
            result -> {
              rows.add(List.of("time of the process", NumberText.duration(result.wallSeconds())));
              rows.add(List.of("processor time", NumberText.duration(result.cpuSeconds())));
              if (result.peakMemoryBytes() != null) {
                rows.add(List.of("peak memory", NumberText.megabytes(result.peakMemoryBytes())));
              }
              if (result.energyJoules() != null) {
                rows.add(List.of("energy", Math.round(result.energyJoules()) + " J"));
              }
            });
    page.open("section").element("h2", "Where it comes from").open("div", "facts");
    page.table("Data, program and machine", List.of("what", "which"), rows);
    page.close("div").close("section");
  }

  private static void addAll(List<List<String>> rows, Map<String, String> facts) {
    facts.forEach((name, value) -> rows.add(List.of(name, value)));
  }

  private static String layers(EvaluationSummary summary) {
    List<String> layers = new ArrayList<>();
    for (Layer layer : summary.trained().network().getLayers()) {
      layers.add(
          "%s (%s parameters)"
              .formatted(
                  layer.conf().getLayer().getClass().getSimpleName(),
                  NumberText.count(layer.numParams())));
    }
    return String.join(", ", layers);
  }
}
