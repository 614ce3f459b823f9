package io.mnist4j.digits;

/**
 * Where something lies in a picture file.
 *
 * @param x first column
 * @param y first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Box(int x, int y, int width, int height) {
  /** How many pixels it has. */
  public long area() {
    return (long) width * height;
  }
}
