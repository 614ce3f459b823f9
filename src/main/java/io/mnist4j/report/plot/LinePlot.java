package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.text.NumberText;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Lines over epochs or rounds, or over the privacy that epochs have cost.
 *
 * @param name of the drawing
 * @param title of the drawing
 * @param unit of the horizontal axis: epoch, round or epsilon
 * @param series what is drawn, at least one
 * @param fromZero whether the vertical axis begins at 0
 * @param most what the vertical axis does not go beyond
 */
record LinePlot(
    String name, String title, String unit, List<Series> series, boolean fromZero, double most) {
  private static final int WIDTH = 520;
  private static final int TOP = 34;
  private static final int HEIGHT = 220;
  private static final int LEFT = 52;
  private static final int RIGHT = WIDTH - 14;
  private static final int LEGEND_ROW = 19;
  private static final int SAMPLE = 26;

  /** Points are drawn only where they do not run into each other. */
  private static final int MOST_DISCS = 40;

  /** The unit of what is no whole number. */
  private static final String EPSILON = "epsilon";

  /**
   * One line.
   *
   * @param values x = epoch or round, from 1, or ε; in their order, at least one, all finite
   */
  record Series(String name, List<PlotPoint> values, Ink ink, Dash dash) {
    Series {
      values = List.copyOf(values);
    }

    PlotPoint last() {
      return values.get(values.size() - 1);
    }
  }

  /** Lines over epochs. */
  LinePlot(String name, String title, List<Series> series, boolean fromZero, double most) {
    this(name, title, "epoch", series, fromZero, most);
  }

  LinePlot {
    series = List.copyOf(series);
  }

  Drawing draw() {
    double top = TOP + LEGEND_ROW * (legend(null) + 1);
    PlotFrame frame = new PlotFrame(title, LEFT, top, RIGHT, top + HEIGHT);
    legend(frame);
    double last = range(PlotPoint::x).getMax();
    Axis x = !unit.equals(EPSILON) ? Axis.whole(1, (int) last, 9) : Axis.covering(0, last, 8);
    DoubleSummaryStatistics values = range(PlotPoint::y);
    Axis y = Axis.covering(fromZero ? 0 : values.getMin(), values.getMax(), 5).upTo(most);
    frame.vertical(y);
    frame.horizontal(x, unit);
    for (Series line : series) {
      List<PlotPoint> points = new ArrayList<>();
      for (PlotPoint value : line.values()) {
        points.add(new PlotPoint(frame.x(x.fraction(value.x())), frame.y(y.fraction(value.y()))));
      }
      frame.line(points, line.ink(), 2, line.dash());
      if (points.size() <= MOST_DISCS) {
        for (int i = 0; i < points.size(); i++) {
          PlotPoint at = points.get(i);
          frame.add(new DrawnShape.Disc(at.x(), at.y(), 3, line.ink(), tip(line, i)));
        }
      }
    }
    return frame.drawing(name, description(), WIDTH, frame.bottom + 46);
  }

  /**
   * Places the legend below the title.
   *
   * @param frame to draw it on; null to find out how much room it needs
   * @return number of its last row, from 0
   */
  private int legend(PlotFrame frame) {
    int row = 0;
    double x = LEFT;
    for (Series line : series) {
      double width = SAMPLE + 24 + PlotFrame.textWidth(line.name().length(), PlotFrame.FONT);
      if (x > LEFT && x + width > WIDTH) {
        x = LEFT;
        row++;
      }
      double y = TOP + row * LEGEND_ROW;
      if (frame != null) {
        frame.line(
            List.of(new PlotPoint(x, y - 4), new PlotPoint(x + SAMPLE, y - 4)),
            line.ink(),
            2,
            line.dash());
        frame.text(x + SAMPLE + 6, y, line.name(), Ink.TEXT, Anchor.START);
      }
      x += width;
    }
    return row;
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (Series line : series) {
      text.append(
          NumberText.format(
              "%s: %.4f after %s, %.4f after %s. ",
              line.name(),
              line.values().get(0).y(),
              at(line.values().get(0).x()),
              line.last().y(),
              at(line.last().x())));
    }
    return text.toString().strip();
  }

  private String tip(Series line, int index) {
    PlotPoint value = line.values().get(index);
    return NumberText.format("%s, %s: %.4f", line.name(), at(value.x()), value.y());
  }

  private String at(double x) {
    return NumberText.format(unit.equals(EPSILON) ? "%s %.3f" : "%s %.0f", unit, x);
  }

  private DoubleSummaryStatistics range(ToDoubleFunction<PlotPoint> coordinate) {
    return series.stream()
        .flatMap(line -> line.values().stream())
        .mapToDouble(coordinate)
        .summaryStatistics();
  }
}
