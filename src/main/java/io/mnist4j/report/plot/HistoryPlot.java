package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.TrialState;
import java.util.ArrayList;
import java.util.List;

/** The value of each trial of a sweep in their order, and the best so far. */
public final class HistoryPlot {
  private static final int LEFT = 58;
  private static final int TOP = 54;
  private static final int WIDTH = 520;
  private static final int RIGHT = WIDTH - 16;
  private static final int HEIGHT = 200;

  private HistoryPlot() {}

  /** Draws it; there must be a trial. */
  public static Drawing draw(SweepTrials trials) {
    PlotFrame frame =
        new PlotFrame(
            "History of the " + trials.objective().label(), LEFT, TOP, RIGHT, TOP + HEIGHT);
    legend(frame);
    trials.valueAxis(frame);
    Axis axis = Axis.whole(0, trials.shown().stream().mapToInt(Trial::number).max().orElse(0), 9);
    frame.horizontal(axis, "trial");
    List<PlotPoint> steps = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Trial trial : trials.shown()) {
      double height = trials.height(trial);
      double x = frame.x(axis.fraction(trial.number()));
      if (trial.state() == TrialState.COMPLETE && height > best) {
        if (!steps.isEmpty()) {
          steps.add(new PlotPoint(x, frame.y(best)));
        }
        best = height;
        steps.add(new PlotPoint(x, frame.y(best)));
      }
      frame.add(trials.disc(trial, x, frame.y(height)));
    }
    if (!steps.isEmpty()) {
      steps.add(new PlotPoint(RIGHT, frame.y(best)));
      frame.line(steps, Ink.VERMILION, 2, Dash.SOLID);
    }
    String description =
        trials.ranking().isEmpty()
            ? "No trial is complete."
            : "%d trials; the best is number %d with %s."
                .formatted(
                    trials.shown().size(),
                    trials.ranking().get(0).number(),
                    NumberText.share(trials.value(trials.ranking().get(0))));
    return frame.drawing("history", description, WIDTH, frame.bottom + 46);
  }

  private static void legend(PlotFrame frame) {
    frame.add(new DrawnShape.Disc(LEFT, 35, 4, Ink.BLUE, ""));
    frame.text(LEFT + 10, 39, "complete", Ink.MUTED, Anchor.START);
    frame.add(new DrawnShape.Disc(LEFT + 84, 35, 2.5, Ink.GREY, ""));
    frame.text(LEFT + 92, 39, "pruned", Ink.MUTED, Anchor.START);
    frame.line(LEFT + 150, 35, LEFT + 176, 35, Ink.VERMILION, 2);
    frame.text(LEFT + 182, 39, "best so far", Ink.MUTED, Anchor.START);
  }
}
