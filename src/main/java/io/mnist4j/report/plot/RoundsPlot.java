package io.mnist4j.report.plot;

import io.mnist4j.federated.RoundMetrics;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.plot.LinePlot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The rounds of a federation as curves. */
public final class RoundsPlot {
  /** More points than pixels make a file long and nothing clearer. */
  private static final int MOST_POINTS = 500;

  private RoundsPlot() {}

  /**
   * The accuracy of the server's network.
   *
   * @param rounds at least one
   * @param target that was to be reached; 0 for none
   */
  public static Drawing accuracy(List<RoundMetrics> rounds, double target) {
    List<Series> series = new ArrayList<>();
    series.add(
        new Series(
            "server", points(rounds, RoundMetrics::accuracy), Ink.ofSeries(0), Dash.ofSeries(0)));
    if (target > 0) {
      List<PlotPoint> line =
          List.of(
              new PlotPoint(rounds.get(0).round(), target),
              new PlotPoint(rounds.get(rounds.size() - 1).round(), target));
      series.add(new Series("target", line, Ink.ofSeries(1), Dash.ofSeries(1)));
    }
    return new LinePlot("accuracy", "Accuracy", "round", series, false, 1).draw();
  }

  /**
   * The losses of the server's network and of the clients.
   *
   * @param rounds at least one
   */
  public static Drawing loss(List<RoundMetrics> rounds) {
    List<Series> series = new ArrayList<>();
    series.add(
        new Series(
            "server", points(rounds, RoundMetrics::loss), Ink.ofSeries(0), Dash.ofSeries(0)));
    List<PlotPoint> ofClients = points(rounds, RoundMetrics::trainLoss);
    if (!ofClients.isEmpty()) {
      series.add(new Series("clients", ofClients, Ink.ofSeries(1), Dash.ofSeries(1)));
    }
    return new LinePlot("loss", "Loss", "round", series, true, Double.MAX_VALUE).draw();
  }

  private static List<PlotPoint> points(
      List<RoundMetrics> rounds, Function<RoundMetrics, Double> figure) {
    int every = (rounds.size() + MOST_POINTS - 1) / MOST_POINTS;
    return rounds.stream()
        .filter(round -> round.round() % every == 0 || round.round() == rounds.size())
        .filter(round -> figure.apply(round) != null)
        .map(round -> new PlotPoint(round.round(), figure.apply(round)))
        .toList();
  }
}
