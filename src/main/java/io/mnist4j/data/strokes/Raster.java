package io.mnist4j.data.strokes;

import java.util.Arrays;

/**
 * Draws a skeleton as MNIST's images were made: scaled, with its proportions kept, into a box of 20
 * × 20 pixels, anti-aliased, and placed in 28 × 28 pixels with its centre of mass in the middle.
 */
final class Raster {
  /** Rows and columns of an image. */
  static final int SIDE = 28;

  /** Rows and columns of the box that the ink fills in one direction at least. */
  static final int BOX = 20;

  /** Where MNIST's digits have their centre of mass: in the middle of pixel 14, counted from 0. */
  private static final double CENTRE = 14.5;

  private final double[] ink = new double[BOX * BOX];

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
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    double widest = 0;
    for (int i = 0; i < s.size; i++) {
      left = Math.min(left, s.x[i]);
      right = Math.max(right, s.x[i]);
      top = Math.min(top, s.y[i]);
      bottom = Math.max(bottom, s.y[i]);
      widest = Math.max(widest, s.pressure[i]);
    }
    double room = BOX - 2 * radius * widest;
    double scale = room / Math.max(right - left, bottom - top);
    double x0 = BOX / 2.0 - scale * (left + right) / 2;
    double y0 = BOX / 2.0 - scale * (top + bottom) / 2;
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

  /**
   * One straight piece. A pixel's coverage falls linearly from 1 to 0 over the pixel's width across
   * the edge of the ink; of several pieces the one that covers most counts.
   */
  private void piece(double x1, double y1, double r1, double x2, double y2, double r2) {
    double reach = Math.max(r1, r2) + 0.6;
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
          double covered = r1 + along * (r2 - r1) + 0.6 - Math.sqrt(d2);
          int at = row * BOX + column;
          if (covered > ink[at]) {
            ink[at] = covered;
          }
        }
      }
    }
  }

  /** Copies the box to where its centre of mass comes nearest to the image's middle. */
  private void place(byte[] pixels, int offset) {
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int row = 0; row < BOX; row++) {
      for (int column = 0; column < BOX; column++) {
        int at = row * BOX + column;
        double covered = Math.min(1, ink[at] / 1.2);
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
