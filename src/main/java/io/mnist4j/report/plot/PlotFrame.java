package io.mnist4j.report.plot;

import io.mnist4j.eval.Proportion;
import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.text.NumberText;
import java.util.ArrayList;
import java.util.List;

/**
 * What all plots have in common: a title, and below it an area with marks, labels and a grid that
 * shapes are put on, in fractions of the area or in pixels.
 */
final class PlotFrame {
  static final double FONT = 12;

  private static final double TITLE_FONT = 14;

  /** Mean width of a character, in parts of the size of the font. */
  private static final double CHARACTER = 0.58;

  private final String title;

  /** The edges of the area, in pixels. */
  final double left;

  final double top;
  final double right;
  final double bottom;
  private final List<DrawnShape> shapes = new ArrayList<>();

  /** A frame whose area has these edges, in pixels; the title stands above it. */
  PlotFrame(String title, double left, double top, double right, double bottom) {
    this.title = title;
    this.left = left;
    this.top = top;
    this.right = right;
    this.bottom = bottom;
    shapes.add(new DrawnShape.Label(4, 16, title, Ink.TEXT, TITLE_FONT, Anchor.START, false));
  }

  /** About how wide a text is, in pixels. */
  static double textWidth(int characters, double font) {
    return characters * font * CHARACTER;
  }

  /** The text, with its end cut off where it is longer than so many characters. */
  static String shortened(String text, int characters) {
    return text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
  }

  /** The place of a fraction of the area's width, 0 at the left. */
  double x(double fraction) {
    return left + fraction * (right - left);
  }

  /** The place of a fraction of the area's height, 0 at the bottom. */
  double y(double fraction) {
    return bottom - fraction * (bottom - top);
  }

  void add(DrawnShape shape) {
    shapes.add(shape);
  }

  /** A text of the usual size. */
  void text(double x, double y, String content, Ink ink, Anchor anchor) {
    text(x, y, content, ink, FONT, anchor);
  }

  void text(double x, double y, String content, Ink ink, double font, Anchor anchor) {
    shapes.add(new DrawnShape.Label(x, y, content, ink, font, anchor, false));
  }

  void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
    line(List.of(new PlotPoint(x1, y1), new PlotPoint(x2, y2)), ink, width, Dash.SOLID);
  }

  void line(List<PlotPoint> points, Ink ink, double width, Dash dash) {
    shapes.add(new DrawnShape.Line(points, ink, width, dash));
  }

  /** A mark of the vertical axis: a line of the grid, and its label at the left. */
  void markAtLeft(double fraction, String label) {
    line(left, y(fraction), right, y(fraction), Ink.GRID, 1);
    text(left - 7, y(fraction) + 4, label, Ink.MUTED, Anchor.END);
  }

  /** The label of a mark of the horizontal axis, at a place in pixels. */
  void markBelow(double x, String label) {
    text(x, bottom + 18, label, Ink.MUTED, Anchor.MIDDLE);
  }

  /** The marks of a vertical axis over the whole area. */
  void vertical(Axis axis) {
    for (double mark : axis.marks()) {
      markAtLeft(axis.fraction(mark), axis.label(mark));
    }
  }

  /** The marks of a horizontal axis over the whole area, and its name. */
  void horizontal(Axis axis, String name) {
    for (double mark : axis.marks()) {
      markBelow(x(axis.fraction(mark)), axis.label(mark));
    }
    text(x(0.5), bottom + 36, name, Ink.MUTED, Anchor.MIDDLE);
  }

  /** The marks of a horizontal axis, with lines that begin a little above the area. */
  void ruled(Axis axis) {
    for (double mark : axis.marks()) {
      double x = x(axis.fraction(mark));
      line(x, top - 6, x, bottom, Ink.GRID, 1);
      markBelow(x, axis.label(mark));
    }
  }

  /**
   * A share: a bar over its 95 % interval, and a disc at its value.
   *
   * @param y the bar's upper edge, in pixels
   * @param disc its radius, in pixels
   * @param what it is of, for the words that are shown where one points at it
   */
  void share(
      Axis axis, double y, double height, double disc, Ink ink, String what, Proportion share) {
    double from = x(axis.fraction(share.low()));
    double to = x(axis.fraction(share.high()));
    String tip =
        "%s: %s (95 %% interval %s to %s)"
            .formatted(
                what,
                NumberText.share(share),
                NumberText.share(share.low()),
                NumberText.share(share.high()));
    add(new DrawnShape.Rectangle(from, y, to - from, height, ink, 0.35, tip));
    double middle = y + height / 2;
    add(new DrawnShape.Disc(x(axis.fraction(share.value())), middle, disc, ink, tip));
  }

  /** The drawing, so large that all edges of the area have room for their labels. */
  Drawing drawing(String name, String description, double width, double height) {
    return new Drawing(
        name, title, description, (int) Math.ceil(width), (int) Math.ceil(height), shapes);
  }
}
