package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.Label;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.text.HtmlTemplates;
import java.util.List;
import java.util.stream.Collectors;

/** Drawings as SVG, by the template {@code svg.jte}. */
public final class Svg {
  private Svg() {}

  /** The text of a file of its own, which has its colours and its paper in it. */
  public static String file(Drawing drawing) {
    return HtmlTemplates.render("plot.jte", drawing);
  }

  /** A length or a place, in two decimals, which are finer than any screen. */
  public static String number(double value) {
    long hundredths = Math.round(value * 100);
    return hundredths % 100 == 0
        ? String.valueOf(hundredths / 100)
        : String.valueOf(hundredths / 100.0);
  }

  /** The value of the attribute {@code points}. */
  public static String points(List<PlotPoint> points) {
    return points.stream()
        .map(point -> number(point.x()) + "," + number(point.y()))
        .collect(Collectors.joining(" "));
  }

  /** The value of the attribute {@code transform} of a text that runs upwards. */
  public static String upwards(Label text) {
    return "rotate(-90 %s %s)".formatted(number(text.x()), number(text.y()));
  }
}
