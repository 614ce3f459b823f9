package io.mnist4j.digits;

import java.awt.Color;
import java.util.Random;

/** What a page is written with. */
enum PagePen {
  THIN(0.035, 0.055),
  MARKER(0.15, 0.2),
  PENCIL(0.05, 0.08),
  COLOURED(0.07, 0.11),
  /** A thick pen, the picture cut to the ink. */
  CROPPED(0.11, 0.18);

  private static final Color[] COLOURS = {
    new Color(30, 60, 190), new Color(200, 30, 40), new Color(20, 120, 60), new Color(120, 40, 150)
  };

  private final double thinnest;
  private final double widest;

  PagePen(double thinnest, double widest) {
    this.thinnest = thinnest;
    this.widest = widest;
  }

  /** Width of the line as a part of the digit's height. */
  double width(Random random) {
    return thinnest + (widest - thinnest) * random.nextDouble();
  }

  /** The ink's colour on white paper, or on black. */
  Color colour(boolean onDark, Random random) {
    int tone = (this == PENCIL ? 85 : 20) + random.nextInt(30);
    if (this == COLOURED) {
      Color colour = COLOURS[random.nextInt(COLOURS.length)];
      return onDark
          ? new Color(
              130 + colour.getRed() / 2, 130 + colour.getGreen() / 2, 130 + colour.getBlue() / 2)
          : colour;
    }
    return onDark
        ? new Color(255 - tone, 255 - tone, 255 - tone)
        : new Color(tone, tone, Math.min(255, tone + 10));
  }

  /** How much of the paper shows between the ink's grains, 0 to 1. */
  double grain() {
    return this == PENCIL ? 0.35 : 0;
  }
}
