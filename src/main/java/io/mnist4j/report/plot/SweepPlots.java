package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Importance;
import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.space.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The plots of a sweep. */
public final class SweepPlots {
  private static final int WIDTH = 520;
  private static final int TOP = 54;
  private static final int HEIGHT = 200;
  private static final int LEFT = 58;
  private static final int RIGHT = 16;
  private static final int FONT = 12;
  private static final int SLICE_WIDTH = 340;
  private static final int PARALLEL_WIDTH = 1080;
  private static final int BAR = 26;

  /** Part of an axis's length that a parameter without a value has its place below it. */
  private static final double NOT_USED = 0.08;

  /** Part of the complete trials that parallel coordinates put forward. */
  private static final double PUT_FORWARD = 0.1;

  private final Sweep sweep;
  private final Objective objective;
  private final ShortNames names;
  private final Collection<Trial> trials;
  private final List<Trial> ranking;
  private final Map<String, Double> importance;
  private final TrialScale scale;

  public SweepPlots(SweepSummary summary) {
    sweep = summary.sweep();
    objective = sweep.settings().objective();
    names = new ShortNames(sweep.space());
    trials =
        summary.trials().all().stream()
            .filter(trial -> value(trial).isPresent() && isOver(trial))
            .toList();
    ranking =
        summary.trials().ranking(objective).stream()
            .filter(trial -> trial.state() == Trial.TrialState.COMPLETE)
            .toList();
    importance = Importance.of(sweep.space(), summary.trials().observations(objective));
    scale = TrialScale.of(trials, objective);
  }

  /** Whether there is anything to draw. */
  public boolean isEmpty() {
    return trials.isEmpty();
  }

  private static boolean isOver(Trial trial) {
    return trial.state() == Trial.TrialState.COMPLETE || trial.state() == Trial.TrialState.PRUNED;
  }

  private OptionalDouble value(Trial trial) {
    OptionalDouble value = trial.value(objective);
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  /** The value of each trial in their order, and the best so far. */
  public Drawing history() {
    List<DrawnShape> shapes = new ArrayList<>();
    title(shapes, "History of the " + objective.label());
    legend(shapes);
    int bottom = TOP + HEIGHT;
    vertical(shapes, WIDTH - RIGHT);
    int last = trials.stream().mapToInt(Trial::number).max().orElse(0);
    Axis x = Axis.whole(0, last, 9);
    for (double mark : x.marks()) {
      double at = LEFT + x.fraction(mark) * (WIDTH - RIGHT - LEFT);
      shapes.add(
          new DrawnShape.Label(at, bottom + 18, x.label(mark), Ink.MUTED, FONT, Anchor.MIDDLE));
    }
    shapes.add(
        new DrawnShape.Label(
            (LEFT + WIDTH - RIGHT) / 2.0, bottom + 36, "trial", Ink.MUTED, FONT, Anchor.MIDDLE));
    List<PlotPoint> steps = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Trial trial : trials) {
      double height = scale.height(value(trial).orElseThrow());
      double at = LEFT + x.fraction(trial.number()) * (WIDTH - RIGHT - LEFT);
      if (trial.state() == Trial.TrialState.COMPLETE && height > best) {
        if (!steps.isEmpty()) {
          steps.add(new PlotPoint(at, bottom - best * HEIGHT));
        }
        best = height;
        steps.add(new PlotPoint(at, bottom - best * HEIGHT));
      }
      disc(shapes, trial, at, bottom - height * HEIGHT);
    }
    if (!steps.isEmpty()) {
      steps.add(new PlotPoint(WIDTH - RIGHT, bottom - best * HEIGHT));
      shapes.add(new DrawnShape.Line(steps, Ink.VERMILION, 2, Dash.SOLID));
    }
    String description =
        ranking.isEmpty()
            ? "No trial is complete."
            : "%d trials; the best is number %d with %s."
                .formatted(trials.size(), ranking.get(0).number(), text(value(ranking.get(0))));
    return new Drawing(
        "history", "History of the " + objective.label(), description, WIDTH, bottom + 46, shapes);
  }

  /** How much of the differences each parameter explains. */
  public Drawing importance() {
    List<DrawnShape> shapes = new ArrayList<>();
    title(shapes, "What made the difference");
    if (importance.isEmpty()) {
      shapes.add(
          new DrawnShape.Label(
              4, 44, "There are too few trials to tell.", Ink.MUTED, FONT, Anchor.START));
      return new Drawing(
          "importance",
          "What made the difference",
          "There are too few trials to tell.",
          WIDTH,
          70,
          shapes);
    }
    int longest = names.longest();
    double left = 14 + Math.min(24, longest) * FONT * 0.58;
    double y = 40;
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, Double> entry : importance.entrySet()) {
      double width = entry.getValue() * (WIDTH - 60 - left);
      String name = names.of(entry.getKey());
      String percent = NumberText.percent(entry.getValue(), 0);
      shapes.add(new DrawnShape.Label(left - 8, y + 14, name, Ink.TEXT, FONT, Anchor.END));
      shapes.add(new DrawnShape.Rectangle(left, y, Math.max(1, width), 18, Ink.BLUE, 0.8, ""));
      shapes.add(
          new DrawnShape.Label(left + width + 6, y + 14, percent, Ink.MUTED, FONT, Anchor.START));
      described.add(name + " " + percent);
      y += BAR;
    }
    return new Drawing(
        "importance",
        "What made the difference",
        String.join(", ", described),
        WIDTH,
        (int) y + 10,
        shapes);
  }

  /** For each parameter, what came of each of its values. */
  public List<Drawing> slices() {
    List<Drawing> slices = new ArrayList<>();
    for (Parameter parameter : sweep.space().parameters()) {
      slices.add(slice(parameter, slices.size()));
    }
    return slices;
  }

  private Drawing slice(Parameter parameter, int number) {
    String name = names.of(parameter.key());
    List<DrawnShape> shapes = new ArrayList<>();
    title(shapes, name);
    int bottom = TOP - 20 + HEIGHT;
    int right = SLICE_WIDTH - RIGHT;
    for (double mark : scale.axis().marks()) {
      double at = bottom - scale.height(mark) * HEIGHT;
      shapes.add(DrawnShape.Line.of(LEFT, at, right, at, Ink.GRID, 1));
      shapes.add(
          new DrawnShape.Label(
              LEFT - 7, at + 4, scale.axis().label(mark), Ink.MUTED, FONT, Anchor.END));
    }
    for (DomainAxis.Mark mark : DomainAxis.marks(parameter.domain())) {
      double at = inside(mark.position(), right);
      shapes.add(DrawnShape.Line.of(at, bottom, at, bottom + 4, Ink.MUTED, 1));
      shapes.add(
          new DrawnShape.Label(at, bottom + 18, mark.label(), Ink.MUTED, FONT, Anchor.MIDDLE));
    }
    int shown = 0;
    for (Trial trial : trials) {
      Object setting = trial.point().values().get(parameter.key());
      if (setting != null) {
        double height = scale.height(value(trial).orElseThrow());
        disc(
            shapes,
            trial,
            inside(parameter.domain().position(setting), right),
            bottom - height * HEIGHT);
        shown++;
      }
    }
    return new Drawing(
        "slice-" + number,
        name,
        "%s of %d trials by %s".formatted(objective.label(), shown, name),
        SLICE_WIDTH,
        bottom + 28,
        shapes);
  }

  /** Keeps clear of the axis. */
  private static double inside(double position, int right) {
    return LEFT + 10 + position * (right - LEFT - 20);
  }

  /** A line for each trial through its values, the best ones over the others. */
  public Drawing parallel() {
    List<Parameter> parameters = sweep.space().parameters();
    List<DrawnShape> shapes = new ArrayList<>();
    title(shapes, "Parallel coordinates");
    int forward = (int) Math.ceil(PUT_FORWARD * ranking.size());
    shapes.add(DrawnShape.Line.of(4, 35, 30, 35, Ink.VERMILION, 2));
    shapes.add(
        new DrawnShape.Label(
            36,
            39,
            forward == 1 ? "the best trial" : "the best %d trials".formatted(forward),
            Ink.MUTED,
            FONT,
            Anchor.START));
    shapes.add(
        new DrawnShape.Line(
            List.of(new PlotPoint(180, 35), new PlotPoint(206, 35)), Ink.BLUE, 1, Dash.SOLID));
    shapes.add(new DrawnShape.Label(212, 39, "other complete ones", Ink.MUTED, FONT, Anchor.START));
    shapes.add(
        new DrawnShape.Line(
            List.of(new PlotPoint(360, 35), new PlotPoint(386, 35)), Ink.GRID, 1, Dash.SOLID));
    shapes.add(new DrawnShape.Label(392, 39, "pruned", Ink.MUTED, FONT, Anchor.START));
    int top = 86;
    int bottom = top + HEIGHT + 40;
    int axes = parameters.size() + 1;
    double left = 60;
    double gap = (PARALLEL_WIDTH - 2 * left) / (axes - 1);
    List<Trial> order = new ArrayList<>(trials);
    order.sort(Comparator.comparingInt((Trial trial) -> rank(trial)).reversed());
    for (Trial trial : order) {
      List<PlotPoint> line = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        Object setting = trial.point().values().get(parameters.get(i).key());
        // A parameter that plays no part in a trial has its place below the axis.
        double height = setting == null ? -NOT_USED : parameters.get(i).domain().position(setting);
        line.add(new PlotPoint(left + i * gap, bottom - height * (bottom - top)));
      }
      double height = scale.height(value(trial).orElseThrow());
      line.add(new PlotPoint(left + parameters.size() * gap, bottom - height * (bottom - top)));
      int rank = rank(trial);
      Ink ink = rank < forward ? Ink.VERMILION : rank < Integer.MAX_VALUE ? Ink.BLUE : Ink.GRID;
      shapes.add(new DrawnShape.Line(line, ink, rank < forward ? 2 : 1, Dash.SOLID));
    }
    for (int i = 0; i < parameters.size(); i++) {
      double x = left + i * gap;
      axis(shapes, x, top, bottom, names.of(parameters.get(i).key()), i);
      if (parameters.get(i).when().isPresent()) {
        mark(shapes, x, bottom + NOT_USED * (bottom - top), "not used");
      }
      for (DomainAxis.Mark mark : DomainAxis.marks(parameters.get(i).domain())) {
        double y = bottom - mark.position() * (bottom - top);
        mark(shapes, x, y, mark.label());
      }
    }
    double x = left + parameters.size() * gap;
    axis(shapes, x, top, bottom, objective.label(), parameters.size());
    for (double mark : scale.axis().marks()) {
      double y = bottom - scale.height(mark) * (bottom - top);
      shapes.add(DrawnShape.Line.of(x, y, x + 4, y, Ink.MUTED, 1));
      shapes.add(
          new DrawnShape.Label(
              x + 7, y + 4, scale.axis().label(mark), Ink.MUTED, FONT, Anchor.START));
    }
    return new Drawing(
        "parallel",
        "Parallel coordinates",
        "A line for each of %d trials through the values of its settings and its %s."
            .formatted(trials.size(), objective.label()),
        PARALLEL_WIDTH,
        bottom + 36,
        shapes);
  }

  private int rank(Trial trial) {
    int rank = ranking.indexOf(trial);
    return rank < 0 ? Integer.MAX_VALUE : rank;
  }

  private static void axis(
      List<DrawnShape> shapes, double x, int top, int bottom, String name, int number) {
    shapes.add(DrawnShape.Line.of(x, top, x, bottom, Ink.MUTED, 1));
    // Neighbours' names may be long: they take turns between two lines.
    double y = top - 14 - number % 2 * 16;
    shapes.add(new DrawnShape.Label(x, y, name, Ink.TEXT, FONT, Anchor.MIDDLE));
  }

  private static void mark(List<DrawnShape> shapes, double x, double y, String label) {
    shapes.add(DrawnShape.Line.of(x - 4, y, x, y, Ink.MUTED, 1));
    // Lines of trials run behind it.
    double width = label.length() * FONT * 0.6;
    shapes.add(new DrawnShape.Rectangle(x - 9 - width, y - 8, width + 3, 16, Ink.PAPER, 0.85, ""));
    shapes.add(new DrawnShape.Label(x - 7, y + 4, label, Ink.MUTED, FONT, Anchor.END));
  }

  private static void title(List<DrawnShape> shapes, String title) {
    shapes.add(new DrawnShape.Label(4, 16, title, Ink.TEXT, 14, Anchor.START));
  }

  private static void legend(List<DrawnShape> shapes) {
    shapes.add(new DrawnShape.Disc(LEFT, 35, 4, Ink.BLUE, ""));
    shapes.add(new DrawnShape.Label(LEFT + 10, 39, "complete", Ink.MUTED, FONT, Anchor.START));
    shapes.add(new DrawnShape.Disc(LEFT + 84, 35, 2.5, Ink.GREY, ""));
    shapes.add(new DrawnShape.Label(LEFT + 92, 39, "pruned", Ink.MUTED, FONT, Anchor.START));
    shapes.add(DrawnShape.Line.of(LEFT + 150, 35, LEFT + 176, 35, Ink.VERMILION, 2));
    shapes.add(new DrawnShape.Label(LEFT + 182, 39, "best so far", Ink.MUTED, FONT, Anchor.START));
  }

  private void vertical(List<DrawnShape> shapes, int right) {
    for (double mark : scale.axis().marks()) {
      double at = TOP + HEIGHT - scale.height(mark) * HEIGHT;
      shapes.add(DrawnShape.Line.of(LEFT, at, right, at, Ink.GRID, 1));
      shapes.add(
          new DrawnShape.Label(
              LEFT - 7, at + 4, scale.axis().label(mark), Ink.MUTED, FONT, Anchor.END));
    }
  }

  private void disc(List<DrawnShape> shapes, Trial trial, double x, double y) {
    boolean complete = trial.state() == Trial.TrialState.COMPLETE;
    String tip =
        "Trial %d: %s%s; %s"
            .formatted(
                trial.number(),
                text(value(trial)),
                complete ? "" : " after %d epochs, pruned".formatted(trial.epochs().size()),
                names.text(trial.point()));
    shapes.add(new DrawnShape.Disc(x, y, complete ? 4 : 2.5, complete ? Ink.BLUE : Ink.GREY, tip));
  }

  private static String text(OptionalDouble value) {
    return String.format(Locale.ROOT, "%.4f", value.orElse(Double.NaN));
  }
}
