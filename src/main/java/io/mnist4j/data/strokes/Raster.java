package io.mnist4j.data.strokes;

import java.util.Arrays;

/**
 * Draws a skeleton as MNIST's images were made: scaled, with its proportions kept, into a box of 20
 * × 20 pixels, anti-aliased, and moved by whole pixels in an image of 28 × 28 until its centre of
 * mass is as near as can be to the middle of the pixel in row 14 and column 14, counted from 0.
 */
final class Raster {
  /** Rows and columns of an image. */
  static final int SIDE = 28;

  /** Rows and columns of the box that the ink fills in one direction at least. */
  static final int BOX = 20;

  /**
   * Over how many pixels the ink fades at its edge. MNIST's edges are a little softer than exact
   * anti-aliasing, 1, would make them.
   */
  private static final double EDGE = 1.2;

  /** Where MNIST's digits have their centre of mass: in the middle of pixel 14, counted from 0. */
  private static final double CENTRE = 14.5;

  /** Enough to come within a small part of a pixel. */
  private static final int FITTING_STEPS = 8;

  /** How deep a pixel's middle lies inside the outer rim of the ink, in pixels. */
  private final double[] ink = new double[BOX * BOX];

  private double left;
  private double right;
  private double top;
  private double bottom;

  /**
   * Draws one image.
   *
   * @param radius half the pen's width in pixels, at pressure 1
   * @param pixels where to, {@code [n, 28, 28]}, all 0 at this image
   * @param offset the index of this image's first pixel
   */
  void draw(Skeleton skeleton, double radius, byte[] pixels, int offset) {
    Arrays.fill(ink, 0);
    cover(skeleton, radius);
    place(pixels, offset);
  }

  private void cover(Skeleton s, double radius) {
    // The ink's extent grows with the scale, but less than in proportion, for the pen stays the
    // same: from a small scale each step comes nearer to filling the box and none goes beyond it.
    double room = BOX - (EDGE - 1);
    double scale = 1;
    for (int step = 0; step < FITTING_STEPS; step++) {
      measure(s, scale, radius);
      scale *= room / Math.max(right - left, bottom - top);
    }
    measure(s, scale, radius);
    double x0 = (BOX - left - right) / 2;
    double y0 = (BOX - top - bottom) / 2;
    for (int i = 1; i < s.size; i++) {
      if (!s.starts[i]) {
        piece(
            x0 + scale * s.x[i - 1],
            y0 + scale * s.y[i - 1],
            radius * s.pressure[i - 1],
            x0 + scale * s.x[i],
            y0 + scale * s.y[i],
            radius * s.pressure[i]);
      }
    }
  }

  /** Finds the ink's extent in pixels at a scale of so many pixels per glyph height. */
  private void measure(Skeleton s, double scale, double radius) {
    left = Double.POSITIVE_INFINITY;
    right = Double.NEGATIVE_INFINITY;
    top = Double.POSITIVE_INFINITY;
    bottom = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < s.size; i++) {
      double reach = radius * s.pressure[i];
      left = Math.min(left, scale * s.x[i] - reach);
      right = Math.max(right, scale * s.x[i] + reach);
      top = Math.min(top, scale * s.y[i] - reach);
      bottom = Math.max(bottom, scale * s.y[i] + reach);
    }
  }

  /**
   * One straight piece with round ends. Where several cover a pixel, the one that covers it most
   * counts.
   */
  private void piece(double x1, double y1, double r1, double x2, double y2, double r2) {
    double reach = Math.max(r1, r2) + EDGE / 2;
    int firstColumn = Math.max(0, (int) (Math.min(x1, x2) - reach));
    int lastColumn = Math.min(BOX - 1, (int) (Math.max(x1, x2) + reach));
    int firstRow = Math.max(0, (int) (Math.min(y1, y2) - reach));
    int lastRow = Math.min(BOX - 1, (int) (Math.max(y1, y2) + reach));
    double dx = x2 - x1;
    double dy = y2 - y1;
    double square = dx * dx + dy * dy;
    double inverse = square > 1e-12 ? 1 / square : 0;
    double reachSquare = reach * reach;
    for (int row = firstRow; row <= lastRow; row++) {
      double py = row + 0.5 - y1;
      for (int column = firstColumn; column <= lastColumn; column++) {
        double px = column + 0.5 - x1;
        double along = Math.min(1, Math.max(0, (px * dx + py * dy) * inverse));
        double ex = px - along * dx;
        double ey = py - along * dy;
        double d2 = ex * ex + ey * ey;
        if (d2 < reachSquare) {
          double covered = r1 + along * (r2 - r1) + EDGE / 2 - Math.sqrt(d2);
          int at = row * BOX + column;
          if (covered > ink[at]) {
            ink[at] = covered;
          }
        }
      }
    }
  }

  /** Copies the box to where it belongs in the image, but never over the image's edge. */
  private void place(byte[] pixels, int offset) {
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int row = 0; row < BOX; row++) {
      for (int column = 0; column < BOX; column++) {
        int at = row * BOX + column;
        double covered = Math.min(1, ink[at] / EDGE);
        ink[at] = covered;
        mass += covered;
        massX += covered * (column + 0.5);
        massY += covered * (row + 0.5);
      }
    }
    int column0 = shift(massX / mass);
    int row0 = shift(massY / mass);
    for (int row = 0; row < BOX; row++) {
      int to = offset + (row0 + row) * SIDE + column0;
      for (int column = 0; column < BOX; column++) {
        pixels[to + column] = (byte) (int) (255 * ink[row * BOX + column] + 0.5);
      }
    }
  }

  private static int shift(double centre) {
    int wanted = (int) Math.floor(CENTRE - centre + 0.5);
    return Math.min(SIDE - BOX, Math.max(0, wanted));
  }
}
