package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.space.FloatDomain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The complete trials of a sweep by their value and by what they cost, and the Pareto front: those
 * that no other one beats in both.
 */
public final class ParetoPlot {
  private static final int LEFT = 58;
  private static final int TOP = 34;
  private static final int WIDTH = 520;
  private static final int HEIGHT = 200;
  private static final int MARGIN = 10;

  private ParetoPlot() {}

  /** Draws one for each cost that differs: the time of training, and the size of the network. */
  public static List<Drawing> drawAll(SweepTrials trials) {
    List<Drawing> drawings = new ArrayList<>();
    draw(drawings, trials, "seconds of training", "pareto-seconds", Trial::seconds);
    draw(
        drawings,
        trials,
        "parameters of the network",
        "pareto-parameters",
        trial -> trials.parameters().getOrDefault(trial.number(), 0L));
    return drawings;
  }

  /** The trials that no other one beats in value and cost, the cheapest first. */
  static List<Trial> front(SweepTrials trials, ToDoubleFunction<Trial> cost) {
    List<Trial> front = new ArrayList<>();
    // The better of equally expensive ones comes first, since the ranking has it first.
    for (Trial trial :
        trials.ranking().stream().sorted(Comparator.comparingDouble(cost)).toList()) {
      double best =
          front.isEmpty() ? Double.NEGATIVE_INFINITY : better(trials, front.get(front.size() - 1));
      if (better(trials, trial) > best) {
        front.add(trial);
      }
    }
    return front;
  }

  private static double better(SweepTrials trials, Trial trial) {
    return trials.objective().maximizes() ? trials.value(trial) : -trials.value(trial);
  }

  private static void draw(
      List<Drawing> drawings,
      SweepTrials trials,
      String cost,
      String file,
      ToDoubleFunction<Trial> ofTrial) {
    double least = trials.ranking().stream().mapToDouble(ofTrial).min().orElse(0);
    double most = trials.ranking().stream().mapToDouble(ofTrial).max().orElse(0);
    if (!(least > 0 && most > least)) {
      return;
    }
    FloatDomain range = new FloatDomain(least, most, most > 3 * least);
    PlotFrame frame =
        new PlotFrame(
            "%s by %s".formatted(trials.objective().label(), cost),
            LEFT,
            TOP,
            WIDTH - 16,
            TOP + HEIGHT);
    trials.valueAxis(frame);
    for (DomainAxis.Mark mark : DomainAxis.marks(range)) {
      double x = x(frame, mark.position());
      frame.line(x, frame.bottom, x, frame.bottom + 4, Ink.MUTED, 1);
      frame.markBelow(x, mark.label());
    }
    for (Trial trial : trials.ranking()) {
      double x = x(frame, range.position(ofTrial.applyAsDouble(trial)));
      frame.add(trials.disc(trial, x, frame.y(trials.height(trial))));
    }
    List<Trial> front = front(trials, ofTrial);
    frame.line(steps(frame, trials, range, front, ofTrial), Ink.VERMILION, 2, Dash.SOLID);
    drawings.add(
        frame.drawing(
            file,
            "%d of %d trials are on the Pareto front: no other is better at no more %s."
                .formatted(front.size(), trials.ranking().size(), cost),
            WIDTH,
            frame.bottom + 28));
  }

  private static List<PlotPoint> steps(
      PlotFrame frame,
      SweepTrials trials,
      FloatDomain range,
      List<Trial> front,
      ToDoubleFunction<Trial> cost) {
    List<PlotPoint> steps = new ArrayList<>();
    double y = frame.bottom;
    for (Trial trial : front) {
      double x = x(frame, range.position(cost.applyAsDouble(trial)));
      if (!steps.isEmpty()) {
        steps.add(new PlotPoint(x, y));
      }
      y = frame.y(trials.height(trial));
      steps.add(new PlotPoint(x, y));
    }
    steps.add(new PlotPoint(frame.right, y));
    return steps;
  }

  private static double x(PlotFrame frame, double position) {
    return frame.left + MARGIN + position * (frame.right - frame.left - 2 * MARGIN);
  }
}
