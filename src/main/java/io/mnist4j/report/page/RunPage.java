package io.mnist4j.report.page;

import io.mnist4j.eval.ClassMetrics;
import io.mnist4j.eval.ClassificationReport;
import io.mnist4j.eval.Proportion;
import io.mnist4j.model.Provenance;
import io.mnist4j.report.plot.CalibrationPlot;
import io.mnist4j.report.plot.ClassBars;
import io.mnist4j.report.plot.ConfusionPlot;
import io.mnist4j.report.plot.CurvesPlot;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.MistakesPlot;
import io.mnist4j.report.plot.WeightImages;
import io.mnist4j.report.text.HtmlTemplates;
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

/**
 * What the page of one run shows; the template {@code run.jte} says how.
 *
 * @param test of the run's network on its test images; without it the page has no more than the
 *     run's text files say
 * @param whyNotTested said where there is no test
 */
public record RunPage(SavedRun run, Optional<EvaluationSummary> test, String whyNotTested) {

  /** The whole page. */
  public String html() {
    return HtmlTemplates.render("run.jte", this);
  }

  /** The plots that are written as files. */
  public List<Drawing> drawings() {
    List<Drawing> drawings =
        new ArrayList<>(List.of(CurvesPlot.loss(run), CurvesPlot.accuracy(run)));
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
          "This run has not come to its end: mnist4j train --resume %s goes on with it."
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

  private static String ending(SummaryFile result) {
    return switch (result.ending()) {
      case "completed" -> "all epochs done";
      case "early-stopped" -> "stopped early";
      case "target-reached" -> "ended at its target";
      case "time-limit" -> "ended at its time limit";
      default -> result.ending();
    };
  }

  /** The figures at the head of the page. */
  public List<Tile> tiles() {
    return run.result().map(this::tiles).orElseGet(this::tilesSoFar);
  }

  private List<Tile> tilesSoFar() {
    EpochMetrics last = run.epochs().get(run.epochs().size() - 1);
    return List.of(
        new Tile("Epochs so far", NumberText.count(last.epoch())),
        new Tile("Validation accuracy", NumberText.percent(last.validationAccuracy(), 2)),
        new Tile("Validation loss", NumberText.share(last.validationLoss())));
  }

  private List<Tile> tiles(SummaryFile result) {
    Optional<ClassificationReport> figures = test.map(EvaluationSummary::figures);
    List<Tile> tiles = new ArrayList<>();
    tiles.add(share("Test accuracy", result.accuracy()));
    figures.ifPresent(tested -> tiles.add(share("Top-3 accuracy", tested.top3())));
    tiles.add(new Tile("Test loss", NumberText.share(result.testLoss())));
    figures
        .flatMap(ClassificationReport::calibration)
        .ifPresent(
            calibration ->
                tiles.add(
                    new Tile(
                        "Calibration error",
                        NumberText.share(calibration.error()),
                        "ECE, 15 bins")));
    figures.ifPresent(
        tested -> {
          ClassMetrics worst = tested.worstClass();
          tiles.add(new Tile("Worst class", worst.name(), "F1 " + NumberText.share(worst.f1())));
        });
    int epochs = run.epochs().size();
    tiles.add(
        new Tile(
            "Epochs",
            NumberText.count(epochs),
            result.bestEpoch() == epochs
                ? ""
                : "the network is that of epoch " + result.bestEpoch()));
    tiles.add(
        new Tile(
            "Training",
            NumberText.duration(result.trainSeconds()),
            NumberText.count(Math.round(result.samplesPerSecond())) + " samples/s"));
    tiles.add(new Tile("Parameters", NumberText.count(result.parameters())));
    return tiles;
  }

  private static Tile share(String name, Proportion share) {
    return new Tile(name, NumberText.percent(share.value(), 2), NumberText.percentInterval(share));
  }

  /** Data, program and machine: names and values. */
  public List<List<String>> facts(EvaluationSummary tested) {
    Provenance provenance = tested.trained().provenance();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("data set", provenance.dataset()));
    addAll(rows, provenance.datasetSha256());
    rows.add(List.of("seed", String.valueOf(provenance.seed())));
    rows.add(List.of("image size", "%dx%d".formatted(provenance.height(), provenance.width())));
    rows.add(List.of("classes", String.join(", ", provenance.labels())));
    rows.add(List.of("layers", layers(tested)));
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
    return rows;
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
