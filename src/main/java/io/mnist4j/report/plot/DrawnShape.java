package io.mnist4j.report.plot;

import java.util.List;
import java.util.Locale;

/** A part of a drawing. Lengths and places are in pixels, y downwards. */
public sealed interface DrawnShape {

  /** A place. */
  record PlotPoint(double x, double y) {}

  /** How a line is broken: what tells series apart beside their colours. */
  enum Dash {
    SOLID(null),
    DASHED("7 4"),
    DOTTED("2 3"),
    DASH_DOT("8 3 2 3");

    private final String pattern;

    Dash(String pattern) {
      this.pattern = pattern;
    }

    /** Lengths of dashes and gaps in turn, with a space between two; null for none. */
    public String pattern() {
      return pattern;
    }

    static Dash ofSeries(int number) {
      return values()[number % values().length];
    }
  }

  /** Straight lines from point to point. */
  record Line(List<PlotPoint> points, Ink ink, double width, Dash dash) implements DrawnShape {
    public Line {
      points = List.copyOf(points);
    }
  }

  /**
   * A filled rectangle.
   *
   * @param opacity 0 to 1
   * @param tip what it stands for, shown where the mouse points at it; may be empty
   */
  record Rectangle(
      double x, double y, double width, double height, Ink ink, double opacity, String tip)
      implements DrawnShape {}

  /**
   * A filled circle.
   *
   * @param tip what it stands for, shown where the mouse points at it; may be empty
   */
  record Disc(double x, double y, double radius, Ink ink, String tip) implements DrawnShape {}

  /** Pixels, each of them a square with sharp edges. */
  record Bitmap(double x, double y, double width, double height, Png png) implements DrawnShape {}

  /** Which end of a text its place is. */
  enum Anchor {
    START,
    MIDDLE,
    END;

    /** SVG's word for it; null for the usual one. */
    public String svg() {
      return this == START ? null : name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A line of text.
   *
   * @param y of its base line
   * @param size of the font
   * @param turned whether it runs upwards
   */
  record Label(
      double x, double y, String content, Ink ink, double size, Anchor anchor, boolean turned)
      implements DrawnShape {}
}
