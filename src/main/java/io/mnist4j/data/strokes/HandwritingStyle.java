package io.mnist4j.data.strokes;

import io.mnist4j.random.SplitMix64;

/**
 * How one digit is written: with what slant, proportions, tilt and unsteadiness. It bends a
 * finished skeleton; lengths are in glyph heights.
 */
final class HandwritingStyle {
  /**
   * Nodes along one side of the grid of displacements: few, so that the bends are as wide as those
   * of an arm and not those of a tremor.
   */
  private static final int GRID = 4;

  /** The middle of a glyph from left to right. */
  private static final double MIDDLE = 0.3;

  private final double[] shiftX = new double[GRID * GRID];
  private final double[] shiftY = new double[GRID * GRID];

  /** Bends, stretches, slants and turns the skeleton in place. */
  void write(Skeleton skeleton, SplitMix64 random) {
    double elasticity = random.nextDouble(0, 0.055);
    for (int i = 0; i < shiftX.length; i++) {
      shiftX[i] = random.nextBellShaped(0, elasticity);
      shiftY[i] = random.nextBellShaped(0, elasticity);
    }
    // How far the waist lies below the middle, and how much wider the foot is than the head.
    double squash = random.nextBellShaped(0, 0.08);
    double flare = random.nextBellShaped(0, 0.13);
    double width = random.nextBellShaped(1.15, 0.2);
    // Most hands lean to the right.
    double slant = random.nextBellShaped(0.18, 0.24);
    double turn = random.nextBellShaped(0, 0.09);
    double sin = StrictMath.sin(turn);
    double cos = StrictMath.cos(turn);
    double[] xs = skeleton.x;
    double[] ys = skeleton.y;
    for (int i = 0; i < skeleton.size; i++) {
      double gridX = (xs[i] + 0.15) / 0.9 * (GRID - 1);
      double gridY = (ys[i] + 0.05) / 1.1 * (GRID - 1);
      double bentX = xs[i] + smooth(shiftX, gridX, gridY);
      double bentY = ys[i] + smooth(shiftY, gridX, gridY);
      bentY += squash * 2 * bentY * (1 - bentY);
      bentX = MIDDLE + (bentX - MIDDLE) * (1 + flare * 2 * (bentY - 0.5));
      double slanted = bentX * width - slant * bentY;
      xs[i] = cos * slanted - sin * bentY;
      ys[i] = sin * slanted + cos * bentY;
    }
  }

  /** The displacement between four nodes, without a kink at the grid's lines. */
  private static double smooth(double[] shift, double gridX, double gridY) {
    double cx = Math.min(Math.max(gridX, 0), GRID - 1.0001);
    double cy = Math.min(Math.max(gridY, 0), GRID - 1.0001);
    int column = (int) cx;
    int row = (int) cy;
    double u = cx - column;
    double v = cy - row;
    double su = u * u * (3 - 2 * u);
    double sv = v * v * (3 - 2 * v);
    int at = row * GRID + column;
    double top = shift[at] + su * (shift[at + 1] - shift[at]);
    double bottom = shift[at + GRID] + su * (shift[at + GRID + 1] - shift[at + GRID]);
    return top + sv * (bottom - top);
  }
}
