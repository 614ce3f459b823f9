package io.mnist4j.data.strokes;

import io.mnist4j.random.SplitMix64;
import java.util.Arrays;

/**
 * The path of a pen: strokes of straight pieces. A glyph gives few control points, through which a
 * smooth curve is laid. Coordinates are in glyph heights, x to the right and y down, the glyph
 * about 1 high; each point also has a pressure, about 1, by which the pen's width is multiplied.
 */
final class Skeleton {
  /** The length of a straight piece of a curve, about. */
  private static final double PIECE = 0.085;

  private static final int MAX_CONTROLS = 32;

  double[] x = new double[256];
  double[] y = new double[256];
  double[] pressure = new double[256];

  /** True at the first point of a stroke: no ink between it and the point before. */
  boolean[] starts = new boolean[256];

  int size;

  private final double[] controlX = new double[MAX_CONTROLS];
  private final double[] controlY = new double[MAX_CONTROLS];
  private final double[] controlPressure = new double[MAX_CONTROLS];
  private int controls;
  private boolean fresh;

  private SplitMix64 random = new SplitMix64(0, 0);
  private double wobble;
  private double pressureWobble;

  /**
   * Empties the path.
   *
   * @param wobble the standard deviation of a control point from where the glyph wants it
   * @param pressureWobble the standard deviation of the pressure at a control point
   */
  void clear(SplitMix64 random, double wobble, double pressureWobble) {
    this.random = random;
    this.wobble = wobble;
    this.pressureWobble = pressureWobble;
    size = 0;
    controls = 0;
  }

  /** Lifts the pen and puts it down here. */
  Skeleton start(double px, double py) {
    lay();
    controls = 0;
    fresh = true;
    return to(px, py);
  }

  /** Goes on smoothly through this point. */
  Skeleton to(double px, double py) {
    controlX[controls] = random.nextBellShaped(px, wobble);
    controlY[controls] = random.nextBellShaped(py, wobble);
    controlPressure[controls] = random.nextBellShaped(1, pressureWobble);
    controls++;
    return this;
  }

  /** Goes on to this point, and may leave it in any direction. */
  Skeleton corner(double px, double py) {
    to(px, py);
    int last = controls - 1;
    double keptX = controlX[last];
    double keptY = controlY[last];
    double keptPressure = controlPressure[last];
    lay();
    controlX[0] = keptX;
    controlY[0] = keptY;
    controlPressure[0] = keptPressure;
    controls = 1;
    return this;
  }

  /**
   * Starts a stroke with an elliptic arc.
   *
   * @param lean how far the arc's top lies to the right of its middle, per height
   * @param from where it begins, in turns: 0 is at the top, 0.25 at the left, as a pen goes round
   *     an O
   * @param to where it ends, in turns
   */
  void arc(double cx, double cy, double rx, double ry, double lean, double from, double to) {
    int steps = Math.max(2, (int) (Math.abs(to - from) * 9 + 0.5));
    for (int i = 0; i <= steps; i++) {
      double angle = 2 * Math.PI * (from + (to - from) * i / steps);
      double up = ry * StrictMath.cos(angle);
      double px = cx - rx * StrictMath.sin(angle) + lean * up;
      if (i == 0) {
        start(px, cy - up);
      } else {
        to(px, cy - up);
      }
    }
  }

  /** Ends the last stroke; to be called once, after all points. */
  void finish() {
    lay();
    controls = 0;
  }

  /** Turns the control points since the last corner into straight pieces. */
  private void lay() {
    if (controls < 2) {
      return;
    }
    if (fresh) {
      add(controlX[0], controlY[0], controlPressure[0], true);
      fresh = false;
    }
    for (int i = 0; i + 1 < controls; i++) {
      span(i);
    }
  }

  /**
   * The curve between two neighbouring control points: a Catmull-Rom spline in its centripetal
   * form, the one that makes no loops or cusps of its own where points lie unevenly.
   */
  private void span(int i) {
    double x1 = controlX[i];
    double y1 = controlY[i];
    double x2 = controlX[i + 1];
    double y2 = controlY[i + 1];
    double chord = distance(x1, y1, x2, y2);
    if (chord < 1e-6) {
      return;
    }
    double d1 = Math.sqrt(chord);
    // The tangents, for a parameter that runs from 0 to 1; at an end of the curve it is the chord.
    double tx1 = x2 - x1;
    double ty1 = y2 - y1;
    double tx2 = tx1;
    double ty2 = ty1;
    if (i > 0) {
      double x0 = controlX[i - 1];
      double y0 = controlY[i - 1];
      double d0 = Math.max(1e-3, Math.sqrt(distance(x0, y0, x1, y1)));
      tx1 = d1 * ((x1 - x0) / d0 - (x2 - x0) / (d0 + d1) + (x2 - x1) / d1);
      ty1 = d1 * ((y1 - y0) / d0 - (y2 - y0) / (d0 + d1) + (y2 - y1) / d1);
    }
    if (i + 2 < controls) {
      double x3 = controlX[i + 2];
      double y3 = controlY[i + 2];
      double d2 = Math.max(1e-3, Math.sqrt(distance(x2, y2, x3, y3)));
      tx2 = d1 * ((x2 - x1) / d1 - (x3 - x1) / (d1 + d2) + (x3 - x2) / d2);
      ty2 = d1 * ((y2 - y1) / d1 - (y3 - y1) / (d1 + d2) + (y3 - y2) / d2);
    }
    int pieces = 1 + (int) (chord / PIECE);
    for (int k = 1; k <= pieces; k++) {
      double t = (double) k / pieces;
      double t2 = t * t;
      double t3 = t2 * t;
      double h1 = 2 * t3 - 3 * t2 + 1;
      double h2 = t3 - 2 * t2 + t;
      double h3 = t3 - t2;
      add(
          h1 * x1 + h2 * tx1 + (1 - h1) * x2 + h3 * tx2,
          h1 * y1 + h2 * ty1 + (1 - h1) * y2 + h3 * ty2,
          controlPressure[i] + t * (controlPressure[i + 1] - controlPressure[i]),
          false);
    }
  }

  private static double distance(double x1, double y1, double x2, double y2) {
    return Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
  }

  private void add(double px, double py, double pointPressure, boolean starting) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
      pressure = Arrays.copyOf(pressure, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
    }
    x[size] = px;
    y[size] = py;
    pressure[size] = pointPressure;
    starts[size] = starting;
    size++;
  }
}
