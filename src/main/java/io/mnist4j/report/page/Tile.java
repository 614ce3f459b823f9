package io.mnist4j.report.page;

/**
 * A figure at the head of a page.
 *
 * @param name what it is
 * @param value the figure
 * @param detail more about it; may be empty
 */
public record Tile(String name, String value, String detail) {
  Tile(String name, String value) {
    this(name, value, "");
  }
}
