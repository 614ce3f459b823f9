package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.plot.LinePlot.Series;
import io.mnist4j.run.SavedRun;
import io.mnist4j.train.EpochMetrics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Learning curves, of one run or of several. */
public final class CurvesPlot {
  private CurvesPlot() {}

  /** The losses of one run. */
  public static Drawing loss(SavedRun run) {
    return loss(
        "Loss",
        List.of(
            series("training", run, EpochMetrics::trainLoss, 0),
            series("validation", run, EpochMetrics::validationLoss, 1)));
  }

  /** The accuracy of one run. */
  public static Drawing accuracy(SavedRun run) {
    Series validation = series("validation", run, EpochMetrics::validationAccuracy, 1);
    if (run.epochs().stream().anyMatch(epoch -> epoch.trainAccuracy() == null)) {
      return accuracy("Validation accuracy", List.of(validation));
    }
    Series training = series("training", run, EpochMetrics::trainAccuracy, 0);
    return accuracy("Accuracy", List.of(training, validation));
  }

  /** The energy of each epoch of one run; empty where it was not measured. */
  public static Optional<Drawing> energy(SavedRun run) {
    if (run.epochs().stream().anyMatch(epoch -> epoch.energyJoules() == null)) {
      return Optional.empty();
    }
    Series joules = series("joules an epoch", run, EpochMetrics::energyJoules, 0);
    return Optional.of(
        new LinePlot("energy", "Energy", List.of(joules), false, Double.MAX_VALUE).draw());
  }

  /** The accuracy of a private run over what it has told of any one image; empty for others. */
  public static Optional<Drawing> privacy(SavedRun run) {
    List<PlotPoint> points =
        run.epochs().stream()
            .filter(epoch -> epoch.epsilon() != null)
            .map(epoch -> new PlotPoint(epoch.epsilon(), epoch.validationAccuracy()))
            .toList();
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Series series = new Series("validation", points, Ink.ofSeries(1), Dash.ofSeries(1));
    return Optional.of(
        new LinePlot("privacy", "Accuracy and privacy", "epsilon", List.of(series), false, 1)
            .draw());
  }

  /** The validation losses of several runs. */
  public static Drawing losses(List<SavedRun> runs) {
    return loss("Validation loss", all(runs, EpochMetrics::validationLoss));
  }

  /** The validation accuracies of several runs. */
  public static Drawing accuracies(List<SavedRun> runs) {
    return accuracy("Validation accuracy", all(runs, EpochMetrics::validationAccuracy));
  }

  private static Drawing loss(String title, List<Series> series) {
    return new LinePlot("loss", title, series, true, Double.MAX_VALUE).draw();
  }

  private static Drawing accuracy(String title, List<Series> series) {
    return new LinePlot("accuracy", title, series, false, 1).draw();
  }

  private static List<Series> all(List<SavedRun> runs, ToDoubleFunction<EpochMetrics> figure) {
    return IntStream.range(0, runs.size())
        .mapToObj(i -> series(runs.get(i).name(), runs.get(i), figure, i))
        .toList();
  }

  private static Series series(
      String name, SavedRun run, ToDoubleFunction<EpochMetrics> figure, int number) {
    List<PlotPoint> values =
        run.epochs().stream()
            .map(epoch -> new PlotPoint(epoch.epoch(), figure.applyAsDouble(epoch)))
            .toList();
    return new Series(name, values, Ink.ofSeries(number), Dash.ofSeries(number));
  }
}
