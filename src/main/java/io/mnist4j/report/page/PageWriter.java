package io.mnist4j.report.page;

import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.Ink;
import io.mnist4j.report.plot.Png;
import io.mnist4j.report.plot.Svg;
import io.mnist4j.report.text.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a page that needs nothing but itself. Every text that it is given is escaped. */
final class PageWriter {
  private final StringBuilder html = new StringBuilder(1 << 16);

  /**
   * @param title of the page
   */
  PageWriter(String title) {
    // The policy keeps the page from loading or running anything, whatever is in it.
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>""");
    html.append(Html.escape(title)).append("</title>\n<style>\n");
    html.append(Ink.css()).append(styleSheet());
    html.append("</style>\n</head>\n<body>\n<main>\n");
  }

  private static String styleSheet() {
    try (InputStream in = PageWriter.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An element with a text in it. */
  PageWriter element(String name, String text) {
    open(name);
    html.append(Html.escape(text));
    return close(name);
  }

  /** An element with a CSS class and a text in it. */
  PageWriter element(String name, String cssClass, String text) {
    open(name, cssClass);
    html.append(Html.escape(text));
    return close(name);
  }

  /** A figure in a list of such: its name, its value, and if it is not empty, more about it. */
  PageWriter tile(String name, String value, String detail) {
    open("div").element("dt", name).open("dd");
    element("span", value);
    if (!detail.isEmpty()) {
      element("small", detail);
    }
    return close("dd").close("div");
  }

  PageWriter open(String name) {
    html.append('<').append(name).append('>');
    return this;
  }

  PageWriter open(String name, String cssClass) {
    html.append('<').append(name).append(" class=\"").append(cssClass).append("\">");
    return this;
  }

  PageWriter close(String name) {
    html.append("</").append(name).append(">\n");
    return this;
  }

  /** A text as it is, line by line. */
  PageWriter verbatim(String label, String text) {
    html.append("<pre tabindex=\"0\" role=\"region\" aria-label=\"");
    html.append(Html.escape(label)).append("\">").append(Html.escape(text));
    return close("pre");
  }

  PageWriter drawing(Drawing drawing) {
    open("figure", "plot");
    html.append(Svg.element(drawing)).append('\n');
    return close("figure");
  }

  /**
   * An image.
   *
   * @param alt what is to be seen, for who cannot see it
   */
  PageWriter image(Png png, String alt) {
    html.append("<img src=\"").append(png.dataUri());
    html.append("\" width=\"").append(png.width()).append("\" height=\"").append(png.height());
    html.append("\" alt=\"").append(Html.escape(alt)).append("\">");
    return this;
  }

  /**
   * A table.
   *
   * @param caption what it has
   * @param head of each column; the first column names the rows
   */
  PageWriter table(String caption, List<String> head, List<List<String>> rows) {
    // What scrolls must be reached by the keyboard, too.
    html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html.append(Html.escape(caption)).append("\">");
    open("table").element("caption", caption);
    html.append("<thead><tr>");
    for (String cell : head) {
      html.append("<th scope=\"col\">").append(Html.escape(cell)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(Html.escape(row.get(0))).append("</th>");
      for (String cell : row.subList(1, row.size())) {
        html.append("<td>").append(Html.escape(cell)).append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>");
    return close("table").close("div");
  }

  /** The whole page. */
  String end(String footer) {
    close("main").element("footer", footer);
    return html.append("</body>\n</html>\n").toString();
  }
}
