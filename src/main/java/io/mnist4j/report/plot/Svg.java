package io.mnist4j.report.plot;

import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import io.mnist4j.report.text.Html;

/** Drawings as SVG. */
public final class Svg {
  private static final String FONT = "system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";

  private final StringBuilder svg = new StringBuilder();

  private Svg() {}

  /** The element, for a page whose style sheet has {@link Ink#css()}. */
  public static String element(Drawing drawing) {
    return new Svg().write(drawing, "");
  }

  /** The text of a file of its own. */
  public static String file(Drawing drawing) {
    String style = "<style>" + Ink.css() + "</style>\n";
    DrawnShape paper =
        new DrawnShape.Rectangle(0, 0, drawing.width(), drawing.height(), Ink.PAPER, 1, "");
    Svg svg = new Svg();
    svg.add(paper);
    String background = svg.svg.toString();
    return new Svg().write(drawing, style + background) + "\n";
  }

  private String write(Drawing drawing, String first) {
    String id = drawing.name();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(drawing.width())
        .append("\" height=\"")
        .append(drawing.height())
        .append("\" viewBox=\"0 0 ")
        .append(drawing.width())
        .append(' ')
        .append(drawing.height())
        .append("\" role=\"img\" aria-labelledby=\"%s-title %s-text\"".formatted(id, id))
        .append(" font-family=\"")
        .append(FONT)
        .append("\">\n<title id=\"%s-title\">".formatted(id))
        .append(Html.escape(drawing.title()))
        .append("</title>\n<desc id=\"%s-text\">".formatted(id))
        .append(Html.escape(drawing.description()))
        .append("</desc>\n")
        .append(first);
    drawing.shapes().forEach(this::add);
    return svg.append("</svg>").toString();
  }

  private void add(DrawnShape shape) {
    if (shape instanceof DrawnShape.Line line) {
      add(line);
    } else if (shape instanceof DrawnShape.Rectangle box) {
      add(box);
    } else if (shape instanceof DrawnShape.Disc disc) {
      add(disc);
    } else if (shape instanceof DrawnShape.Label text) {
      add(text);
    } else if (shape instanceof DrawnShape.Bitmap picture) {
      add(picture);
    }
  }

  private void add(DrawnShape.Bitmap picture) {
    svg.append("<image style=\"image-rendering:pixelated\" preserveAspectRatio=\"none\"");
    attribute("x", picture.x());
    attribute("y", picture.y());
    attribute("width", picture.width());
    attribute("height", picture.height());
    svg.append(" href=\"").append(picture.png().dataUri()).append("\"/>\n");
  }

  private void add(DrawnShape.Line line) {
    svg.append("<polyline fill=\"none\" class=\"").append(line.ink().stroke()).append('"');
    attribute("stroke-width", line.width());
    if (!line.dash().pattern.isEmpty()) {
      svg.append(" stroke-dasharray=\"").append(line.dash().pattern).append('"');
    }
    svg.append(" points=\"");
    for (PlotPoint point : line.points()) {
      number(point.x());
      svg.append(',');
      number(point.y());
      svg.append(' ');
    }
    svg.append("\"/>\n");
  }

  private void add(DrawnShape.Rectangle box) {
    svg.append("<rect class=\"").append(box.ink().fill()).append('"');
    attribute("x", box.x());
    attribute("y", box.y());
    attribute("width", box.width());
    attribute("height", box.height());
    if (box.opacity() < 1) {
      attribute("fill-opacity", box.opacity());
    }
    end("rect", box.tip());
  }

  private void add(DrawnShape.Disc disc) {
    svg.append("<circle class=\"").append(disc.ink().fill()).append('"');
    attribute("cx", disc.x());
    attribute("cy", disc.y());
    attribute("r", disc.radius());
    end("circle", disc.tip());
  }

  private void end(String element, String tip) {
    if (tip.isEmpty()) {
      svg.append("/>\n");
    } else {
      svg.append("><title>").append(Html.escape(tip)).append("</title></");
      svg.append(element).append(">\n");
    }
  }

  private void add(DrawnShape.Label text) {
    svg.append("<text class=\"").append(text.ink().fill()).append('"');
    attribute("x", text.x());
    attribute("y", text.y());
    attribute("font-size", text.size());
    if (text.anchor() != DrawnShape.Anchor.START) {
      svg.append(" text-anchor=\"")
          .append(text.anchor() == DrawnShape.Anchor.END ? "end" : "middle")
          .append('"');
    }
    if (text.turned()) {
      svg.append(" transform=\"rotate(-90 ");
      number(text.x());
      svg.append(' ');
      number(text.y());
      svg.append(")\"");
    }
    svg.append('>').append(Html.escape(text.content())).append("</text>\n");
  }

  private void attribute(String name, double value) {
    svg.append(' ').append(name).append("=\"");
    number(value);
    svg.append('"');
  }

  /** Two decimals are finer than any screen. */
  private void number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      svg.append(hundredths / 100);
    } else {
      svg.append(hundredths / 100.0);
    }
  }
}
