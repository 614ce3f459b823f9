package io.mnist4j.report.plot;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.space.Parameter;
import java.util.ArrayList;
import java.util.List;

/** The values of the trials of a sweep over one of its parameters. */
public final class SlicePlot {
  private static final int LEFT = 58;
  private static final int TOP = 34;
  private static final int WIDTH = 340;
  private static final int HEIGHT = 200;

  /** Keeps discs clear of the axis. */
  private static final int MARGIN = 10;

  private SlicePlot() {}

  /** Draws one for each parameter. */
  public static List<Drawing> drawAll(SweepTrials trials) {
    List<Drawing> slices = new ArrayList<>();
    for (Parameter parameter : trials.sweep().space().parameters()) {
      slices.add(draw(trials, parameter, "slice-" + slices.size()));
    }
    return slices;
  }

  private static Drawing draw(SweepTrials trials, Parameter parameter, String file) {
    String name = trials.names().of(parameter.key());
    PlotFrame frame = new PlotFrame(name, LEFT, TOP, WIDTH - 16, TOP + HEIGHT);
    trials.valueAxis(frame);
    for (DomainAxis.Mark mark : DomainAxis.marks(parameter.domain())) {
      double x = inside(frame, mark.position());
      frame.line(x, frame.bottom, x, frame.bottom + 4, Ink.MUTED, 1);
      frame.markBelow(x, mark.label());
    }
    int count = 0;
    for (Trial trial : trials.shown()) {
      Object setting = trial.point().values().get(parameter.key());
      if (setting != null) {
        double x = inside(frame, parameter.domain().position(setting));
        frame.add(trials.disc(trial, x, frame.y(trials.height(trial))));
        count++;
      }
    }
    return frame.drawing(
        file,
        "%s of %d trials by %s".formatted(trials.objective().label(), count, name),
        WIDTH,
        frame.bottom + 28);
  }

  private static double inside(PlotFrame frame, double position) {
    return frame.left + MARGIN + position * (frame.right - frame.left - 2 * MARGIN);
  }
}
