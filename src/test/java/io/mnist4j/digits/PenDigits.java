package io.mnist4j.digits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** Digits that a pen of any width draws at any size, to make pictures as people have them. */
public final class PenDigits {
  private PenDigits() {}

  /**
   * Draws a digit.
   *
   * @param digit 0 to 9
   * @param x left of its box
   * @param y top of its box
   * @param height of its box; the width is 0.6 of it
   * @param pen width of the line
   */
  public static void draw(
      Graphics2D graphics, int digit, double x, double y, double height, double pen, Color ink) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(ink);
    graphics.setStroke(new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(height, height);
    graphics.draw(place.createTransformedShape(shape(digit)));
  }

  /** The path of a pen in a box of width 0.6 and height 1. */
  private static Shape shape(int digit) {
    Path2D.Double p = new Path2D.Double();
    switch (digit) {
      case 0 -> {
        p.moveTo(0.3, 0);
        p.curveTo(-0.1, 0, -0.1, 1, 0.3, 1);
        p.curveTo(0.7, 1, 0.7, 0, 0.3, 0);
      }
      case 1 -> {
        p.moveTo(0.33, 0);
        p.lineTo(0.3, 1);
      }
      case 2 -> {
        p.moveTo(0.03, 0.25);
        p.curveTo(0.05, -0.1, 0.6, -0.1, 0.55, 0.3);
        p.curveTo(0.5, 0.55, 0.2, 0.75, 0.02, 1);
        p.lineTo(0.6, 0.97);
      }
      case 3 -> {
        p.moveTo(0.05, 0.12);
        p.curveTo(0.2, -0.06, 0.55, -0.02, 0.53, 0.23);
        p.curveTo(0.5, 0.42, 0.35, 0.47, 0.22, 0.48);
        p.curveTo(0.45, 0.48, 0.62, 0.6, 0.58, 0.78);
        p.curveTo(0.53, 1.05, 0.15, 1.05, 0.02, 0.87);
      }
      case 4 -> {
        p.moveTo(0.12, 0);
        p.lineTo(0.03, 0.55);
        p.lineTo(0.6, 0.55);
        p.moveTo(0.48, 0.1);
        p.lineTo(0.42, 1);
      }
      case 5 -> {
        p.moveTo(0.55, 0.02);
        p.lineTo(0.12, 0.02);
        p.lineTo(0.07, 0.45);
        p.curveTo(0.3, 0.3, 0.62, 0.45, 0.58, 0.72);
        p.curveTo(0.53, 1.05, 0.15, 1.05, 0.02, 0.88);
      }
      case 6 -> {
        p.moveTo(0.45, 0);
        p.curveTo(0.1, 0.2, 0, 0.6, 0.06, 0.8);
        p.curveTo(0.15, 1.1, 0.6, 1.02, 0.56, 0.72);
        p.curveTo(0.5, 0.45, 0.1, 0.55, 0.06, 0.8);
      }
      case 7 -> {
        p.moveTo(0, 0.03);
        p.lineTo(0.58, 0);
        p.curveTo(0.4, 0.3, 0.28, 0.6, 0.2, 1);
      }
      case 8 -> {
        p.moveTo(0.3, 0.47);
        p.curveTo(-0.05, 0.3, 0.1, 0, 0.32, 0);
        p.curveTo(0.6, 0, 0.6, 0.33, 0.3, 0.47);
        p.curveTo(-0.05, 0.62, -0.05, 1, 0.3, 1);
        p.curveTo(0.65, 1, 0.6, 0.62, 0.3, 0.47);
      }
      case 9 -> {
        p.moveTo(0.55, 0.25);
        p.curveTo(0.5, -0.05, 0.05, -0.1, 0.05, 0.25);
        p.curveTo(0.07, 0.55, 0.52, 0.52, 0.55, 0.2);
        p.curveTo(0.57, 0.5, 0.55, 0.8, 0.48, 1);
      }
      default -> throw new IllegalArgumentException("no digit: " + digit);
    }
    return p;
  }
}
