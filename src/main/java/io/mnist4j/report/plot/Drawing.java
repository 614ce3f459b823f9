package io.mnist4j.report.plot;

import java.util.List;

/**
 * A plot as shapes, before it is SVG.
 *
 * @param name of its files and of its element in a page: letters, digits and -
 * @param title what it shows
 * @param description what is to be seen in it, for who cannot see it
 * @param width in pixels
 * @param height in pixels
 * @param shapes later ones lie over earlier ones
 */
public record Drawing(
    String name, String title, String description, int width, int height, List<DrawnShape> shapes) {
  public Drawing {
    shapes = List.copyOf(shapes);
  }
}
