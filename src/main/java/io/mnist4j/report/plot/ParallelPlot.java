package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.space.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parallel coordinates: an axis for each parameter of a sweep and one for the objective, and a line
 * for each trial through its values, the best ones over the others.
 */
public final class ParallelPlot {
  /** Room between the names of two axes. */
  private static final double NAME_GAP = 16;

  private static final int WIDTH = 1080;
  private static final int LEFT = 60;
  private static final int TOP = 86;
  private static final int HEIGHT = 240;

  /** Part of an axis's length that a parameter without a value has its place below it. */
  private static final double NOT_USED = 0.08;

  /** Part of the complete trials that is put forward. */
  private static final double PUT_FORWARD = 0.1;

  private final SweepTrials trials;
  private final List<Parameter> parameters;
  private final PlotFrame frame =
      new PlotFrame("Parallel coordinates", LEFT, TOP, WIDTH - LEFT, TOP + HEIGHT);

  private ParallelPlot(SweepTrials trials) {
    this.trials = trials;
    this.parameters = trials.sweep().space().parameters();
  }

  /** Draws it; there must be a trial. */
  public static Drawing draw(SweepTrials trials) {
    ParallelPlot plot = new ParallelPlot(trials);
    plot.lines();
    plot.axes();
    return plot.frame.drawing(
        "parallel",
        "A line for each of %d trials through the values of its settings and its %s."
            .formatted(trials.shown().size(), trials.objective().label()),
        WIDTH,
        plot.frame.bottom + 36);
  }

  private double x(int axis) {
    return frame.x((double) axis / parameters.size());
  }

  private void lines() {
    Map<Trial, Integer> ranks = new HashMap<>();
    trials.ranking().forEach(trial -> ranks.put(trial, ranks.size()));
    int forward = (int) Math.ceil(PUT_FORWARD * ranks.size());
    legend(
        4,
        Ink.VERMILION,
        2,
        forward == 1 ? "the best trial" : "the best %d trials".formatted(forward));
    legend(180, Ink.BLUE, 1, "other complete ones");
    legend(360, Ink.GRID, 1, "pruned");
    List<Trial> order = new ArrayList<>(trials.shown());
    order.sort(
        Comparator.comparingInt((Trial trial) -> ranks.getOrDefault(trial, Integer.MAX_VALUE))
            .reversed());
    for (Trial trial : order) {
      int rank = ranks.getOrDefault(trial, Integer.MAX_VALUE);
      Ink ink = rank < forward ? Ink.VERMILION : rank < Integer.MAX_VALUE ? Ink.BLUE : Ink.GRID;
      frame.line(points(trial), ink, rank < forward ? 2 : 1, Dash.SOLID);
    }
  }

  private List<PlotPoint> points(Trial trial) {
    List<PlotPoint> points = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Object setting = trial.point().values().get(parameter.key());
      // A parameter that plays no part in a trial has its place below the axis.
      double height = setting == null ? -NOT_USED : parameter.domain().position(setting);
      points.add(new PlotPoint(x(points.size()), frame.y(height)));
    }
    points.add(new PlotPoint(x(points.size()), frame.y(trials.height(trial))));
    return points;
  }

  private void axes() {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      axis(i, trials.names().of(parameter.key()));
      if (parameter.when().isPresent()) {
        mark(x(i), frame.y(-NOT_USED), "not used");
      }
      for (DomainAxis.Mark mark : DomainAxis.marks(parameter.domain())) {
        mark(x(i), frame.y(mark.position()), mark.label());
      }
    }
    axis(parameters.size(), trials.objective().label());
    double x = x(parameters.size());
    Axis values = trials.scale().axis();
    for (double mark : values.marks()) {
      double y = frame.y(trials.scale().height(mark));
      frame.line(x, y, x + 4, y, Ink.MUTED, 1);
      frame.text(x + 7, y + 4, values.label(mark), Ink.MUTED, Anchor.START);
    }
  }

  private void axis(int number, String name) {
    frame.line(x(number), frame.top, x(number), frame.bottom, Ink.MUTED, 1);
    // Where neighbours' names are too long for one line, they take turns between two.
    double y = frame.top - 14 - (namesFitOneLine() ? 0 : number % 2 * 16);
    frame.text(x(number), y, name, Ink.TEXT, Anchor.MIDDLE);
  }

  private boolean namesFitOneLine() {
    List<String> names = new ArrayList<>();
    parameters.forEach(parameter -> names.add(trials.names().of(parameter.key())));
    names.add(trials.objective().label());
    for (int i = 1; i < names.size(); i++) {
      int letters = names.get(i - 1).length() + names.get(i).length();
      if (PlotFrame.textWidth(letters, PlotFrame.FONT) / 2 + NAME_GAP > x(i) - x(i - 1)) {
        return false;
      }
    }
    return true;
  }

  private void mark(double x, double y, String label) {
    frame.line(x - 4, y, x, y, Ink.MUTED, 1);
    // Lines of trials run behind it.
    double width = PlotFrame.textWidth(label.length(), PlotFrame.FONT);
    frame.add(new DrawnShape.Rectangle(x - 9 - width, y - 8, width + 3, 16, Ink.PAPER, 0.85, ""));
    frame.text(x - 7, y + 4, label, Ink.MUTED, Anchor.END);
  }

  private void legend(double x, Ink ink, double width, String text) {
    frame.line(x, 35, x + 26, 35, ink, width);
    frame.text(x + 32, 39, text, Ink.MUTED, Anchor.START);
  }
}
