package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over epochs.
 *
 * @param name of the drawing
 * @param title of the drawing
 * @param series what is drawn, at least one
 * @param fromZero whether the vertical axis begins at 0
 * @param most what the vertical axis does not go beyond
 */
record LinePlot(String name, String title, List<Series> series, boolean fromZero, double most) {
  private static final int WIDTH = 520;
  private static final int TOP = 34;
  private static final int HEIGHT = 220;
  private static final int LEFT = 52;
  private static final int RIGHT = 14;
  private static final int LEGEND_ROW = 19;
  private static final int SAMPLE = 26;
  private static final int FONT = 12;

  /** Points are drawn only where they do not run into each other. */
  private static final int MOST_DISCS = 40;

  /**
   * One line.
   *
   * @param values x = epoch, from 1; in their order, at least one, all finite
   */
  record Series(String name, List<PlotPoint> values, Ink ink, Dash dash) {
    Series {
      values = List.copyOf(values);
    }

    PlotPoint last() {
      return values.get(values.size() - 1);
    }
  }

  LinePlot {
    series = List.copyOf(series);
  }

  Drawing draw() {
    List<DrawnShape> shapes = new ArrayList<>();
    shapes.add(new DrawnShape.Label(LEFT, 16, title, Ink.TEXT, 14, Anchor.START));
    int top = TOP + legend(shapes);
    int bottom = top + HEIGHT;
    int right = WIDTH - RIGHT;
    Axis x = Axis.whole(1, (int) largest(true), 9);
    Axis y = Axis.covering(fromZero ? 0 : smallest(), largest(false), 5);
    if (y.max() > most) {
      y = new Axis(y.min(), most, y.step());
    }
    for (double mark : y.marks()) {
      double at = bottom - y.fraction(mark) * HEIGHT;
      shapes.add(DrawnShape.Line.of(LEFT, at, right, at, Ink.GRID, 1));
      shapes.add(
          new DrawnShape.Label(LEFT - 7, at + 4, y.label(mark), Ink.MUTED, FONT, Anchor.END));
    }
    for (double mark : x.marks()) {
      double at = LEFT + x.fraction(mark) * (right - LEFT);
      shapes.add(
          new DrawnShape.Label(at, bottom + 18, x.label(mark), Ink.MUTED, FONT, Anchor.MIDDLE));
    }
    shapes.add(
        new DrawnShape.Label(
            (LEFT + right) / 2.0, bottom + 36, "epoch", Ink.MUTED, FONT, Anchor.MIDDLE));
    for (Series line : series) {
      List<PlotPoint> points = new ArrayList<>();
      for (PlotPoint value : line.values()) {
        points.add(
            new PlotPoint(
                LEFT + x.fraction(value.x()) * (right - LEFT),
                bottom - y.fraction(value.y()) * HEIGHT));
      }
      shapes.add(new DrawnShape.Line(points, line.ink(), 2, line.dash()));
      if (points.size() <= MOST_DISCS) {
        for (int i = 0; i < points.size(); i++) {
          PlotPoint at = points.get(i);
          shapes.add(new DrawnShape.Disc(at.x(), at.y(), 3, line.ink(), tip(line, i)));
        }
      }
    }
    return new Drawing(name, title, description(), WIDTH, bottom + 46, shapes);
  }

  /** Adds the legend below the title, and says how high it is. */
  private int legend(List<DrawnShape> shapes) {
    int row = 0;
    double x = LEFT;
    for (Series line : series) {
      double width = SAMPLE + 6 + line.name().length() * FONT * 0.56 + 18;
      if (x > LEFT && x + width > WIDTH) {
        x = LEFT;
        row++;
      }
      double y = TOP + row * LEGEND_ROW;
      shapes.add(
          new DrawnShape.Line(
              List.of(new PlotPoint(x, y - 4), new PlotPoint(x + SAMPLE, y - 4)),
              line.ink(),
              2,
              line.dash()));
      shapes.add(
          new DrawnShape.Label(x + SAMPLE + 6, y, line.name(), Ink.TEXT, FONT, Anchor.START));
      x += width;
    }
    return (row + 1) * LEGEND_ROW;
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Series line : series) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %.4f after epoch %.0f, %.4f after epoch %.0f. ",
              line.name(),
              line.values().get(0).y(),
              line.values().get(0).x(),
              line.last().y(),
              line.last().x()));
    }
    return text.toString().strip();
  }

  private static String tip(Series line, int index) {
    PlotPoint value = line.values().get(index);
    return String.format(Locale.ROOT, "%s, epoch %.0f: %.4f", line.name(), value.x(), value.y());
  }

  private double largest(boolean horizontal) {
    return series.stream()
        .flatMap(line -> line.values().stream())
        .mapToDouble(value -> horizontal ? value.x() : value.y())
        .max()
        .orElseThrow();
  }

  private double smallest() {
    return series.stream()
        .flatMap(line -> line.values().stream())
        .mapToDouble(PlotPoint::y)
        .min()
        .orElseThrow();
  }
}
