package io.mnist4j.digits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;

/** What is no digit, drawn by a pen: letters that look like none, signs, scribbles. */
final class NonDigits {
  /**
   * Letters and signs that a network may learn from. A stroke is a line of points, x from 0 to 6
   * and y from 0 to 10; strokes are parted by semicolons.
   */
  static final List<String> LEARNED =
      List.of(
          "0 10 3 0 6 10;1 6 5 6", // A
          "0 10 0 0 6 0;0 5 4 5", // F
          "0 0 0 10;6 0 6 10;0 5 6 5", // H
          "0 10 0 0 3 6 6 0 6 10", // M
          "0 10 0 0 6 10 6 0", // N
          "0 0 6 0;3 0 3 10", // T
          "0 0 6 10;6 0 0 10", // X
          "0 0 3 10 6 0", // V
          "0 10 0 0 4 0 6 2 4 5 0 5", // P
          "0 0 3 5 6 0;3 5 3 10", // Y
          "0 0 0 10 5 10", // L
          "6 1 3 0 0 3 0 7 3 10 6 9", // C
          "1 0 6 0;4 0 4 8 2 10 0 8", // J
          "5 3 2 3 0 6 1 9 3 10 5 7;5 3 5 10", // a
          "0 6 6 6 5 3 2 3 0 6 1 9 4 10 6 9", // e
          "5 1 3 0 2 2 2 10;0 4 4 4", // f
          "0 0 0 10;0 6 3 4 5 6 5 10", // h
          "0 4 0 10;0 5 1 4 3 5 3 10;3 5 5 4 6 6 6 10", // m
          "1 3 1 10;1 5 3 3 5 4", // r
          "0 5 2 10 6 0", // tick
          "0 5 6 5;3 2 3 8", // plus
          "0 5 6 5;4 3 6 5 4 7", // arrow to the right
          "0 0 6 0 6 10 0 10 0 0", // box
          "3 0 6 9 0 9 3 0", // triangle
          "0 4 6 4;0 7 6 7", // equals
          "0 5 1 4 2 5 3 6 4 5 5 4 6 5", // wave
          "0 5 6 5.3"); // dash

  /** What a network that learned from those has not seen. */
  static final List<String> UNSEEN =
      List.of(
          "6 0 0 0 0 10 6 10;0 5 4 5", // E
          "0 0 0 10;6 0 0 5 6 10", // K
          "0 0 1 10 3 3 5 10 6 0", // W
          "0 10 0 0 4 0 6 2 4 5 0 5;2 5 6 10", // R
          "0 3 0 10;0 5 3 3 5 5 5 10", // n
          "3 0 3 9 5 10;0 3 6 3", // t
          "0 0 0 8 2 10 4 10 6 8 6 0", // U
          "1 10 3 0 5 10 0 4 6 4 1 10", // star
          "0 1 6 0;0 5 6 4;0 9 6 8;1 0 1 10;5 0 4 10", // grid
          "3 10 0 4 1 1 3 3 5 1 6 4 3 10"); // heart

  private static final int SIDE = 96;

  private NonDigits() {}

  /** One of them, or where there are none a scribble, as ink on a square of 96 pixels. */
  static InkImage draw(List<String> glyphs, Random random) {
    Path2D path = glyphs.isEmpty() ? scribble(random) : glyph(any(glyphs, random), random);
    AffineTransform place = AffineTransform.getTranslateInstance(SIDE / 2.0, SIDE / 2.0);
    place.rotate((random.nextDouble() - 0.5) * 0.4);
    place.shear((random.nextDouble() - 0.6) * 0.5, 0);
    place.scale(4 + 3 * random.nextDouble(), 6.2);
    place.translate(-3, -5);
    path.transform(place);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    float pen = 3 + 7 * random.nextFloat();
    graphics.setStroke(new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
    graphics.dispose();
    float[] ink = new float[SIDE * SIDE];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = image.getRaster().getSample(i % SIDE, i / SIDE, 0) / 255f;
    }
    return new InkImage(SIDE, SIDE, ink, false);
  }

  private static String any(List<String> glyphs, Random random) {
    return glyphs.get(random.nextInt(glyphs.size()));
  }

  private static Path2D glyph(String glyph, Random random) {
    Path2D path = new Path2D.Double();
    double wobble = 0.5 * random.nextDouble();
    for (String stroke : glyph.split(";", -1)) {
      String[] numbers = stroke.split(" ", -1);
      double[] points = new double[numbers.length];
      for (int i = 0; i < points.length; i++) {
        points[i] = Double.parseDouble(numbers[i]) + wobble * random.nextGaussian();
      }
      lay(points, path, random.nextDouble() < 0.5 ? 0 : 1.0 / 6);
    }
    return path;
  }

  /** Two to four strokes that go anywhere. */
  private static Path2D scribble(Random random) {
    Path2D path = new Path2D.Double();
    for (int stroke = 2 + random.nextInt(3); stroke > 0; stroke--) {
      double[] points = new double[2 * (3 + random.nextInt(5))];
      for (int i = 0; i < points.length; i++) {
        points[i] = (i % 2 == 0 ? 6 : 10) * random.nextDouble();
      }
      lay(points, path, 1.0 / 6);
    }
    return path;
  }

  /** A curve through all points: the further the handles reach, the rounder; 0 is straight. */
  private static void lay(double[] points, Path2D path, double round) {
    path.moveTo(points[0], points[1]);
    int last = points.length - 2;
    for (int i = 2; i <= last; i += 2) {
      double[] before = {points[Math.max(0, i - 4)], points[Math.max(1, i - 3)]};
      double[] after = {points[Math.min(last, i + 2)], points[Math.min(last + 1, i + 3)]};
      path.curveTo(
          points[i - 2] + round * (points[i] - before[0]),
          points[i - 1] + round * (points[i + 1] - before[1]),
          points[i] - round * (after[0] - points[i - 2]),
          points[i + 1] - round * (after[1] - points[i - 1]),
          points[i],
          points[i + 1]);
    }
  }
}
