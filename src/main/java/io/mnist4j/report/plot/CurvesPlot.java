package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.plot.LinePlot.Series;
import io.mnist4j.run.SavedRun;
import io.mnist4j.train.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Learning curves, of one run or of several. */
public final class CurvesPlot {
  private CurvesPlot() {}

  /** The losses of one run. */
  public static Drawing loss(SavedRun run) {
    return new LinePlot(
            "loss",
            "Loss",
            List.of(
                series("training", run, EpochMetrics::trainLoss, 0),
                series("validation", run, EpochMetrics::validationLoss, 1)),
            true,
            Double.MAX_VALUE)
        .draw();
  }

  /** The accuracy of one run. */
  public static Drawing accuracy(SavedRun run) {
    return new LinePlot(
            "accuracy",
            "Validation accuracy",
            List.of(series("validation", run, EpochMetrics::validationAccuracy, 1)),
            false,
            1)
        .draw();
  }

  /** The validation losses of several runs. */
  public static Drawing losses(List<SavedRun> runs) {
    return new LinePlot(
            "loss",
            "Validation loss",
            all(runs, EpochMetrics::validationLoss),
            true,
            Double.MAX_VALUE)
        .draw();
  }

  /** The validation accuracies of several runs. */
  public static Drawing accuracies(List<SavedRun> runs) {
    return new LinePlot(
            "accuracy",
            "Validation accuracy",
            all(runs, EpochMetrics::validationAccuracy),
            false,
            1)
        .draw();
  }

  private static List<Series> all(List<SavedRun> runs, ToDoubleFunction<EpochMetrics> figure) {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      all.add(series(runs.get(i).name(), runs.get(i), figure, i));
    }
    return all;
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
