package io.mnist4j.digits;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.Consumer;

/** Something drawn on a sheet, as a camera takes it: light from one side, a shadow, and noise. */
public final class Photo {
  public static final Color PAPER = new Color(225, 222, 210);
  public static final Color BALLPOINT = new Color(40, 50, 120);

  private static final double NOISE = 7;

  private Photo() {}

  /**
   * Takes it.
   *
   * @param shadow whether a shadow with a soft edge lies over a part
   */
  public static BufferedImage of(
      int width, int height, Color paper, boolean shadow, long seed, Consumer<Graphics2D> drawing) {
    BufferedImage image = Rendering.sheet(width, height, paper);
    Graphics2D graphics = image.createGraphics();
    drawing.accept(graphics);
    graphics.dispose();
    Random random = new Random(seed);
    double direction = 2 * Math.PI * random.nextDouble();
    double edge = width * (0.3 + 0.4 * random.nextDouble());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double across = (x - width / 2.0) / width;
        double down = (y - height / 2.0) / height;
        double light = 0.8 + 0.5 * (across * Math.cos(direction) + down * Math.sin(direction));
        light *= 1 - 0.25 * (across * across + down * down);
        if (shadow) {
          light *= 0.55 + 0.45 / (1 + Math.exp(-(x + 0.3 * y - edge) / (0.01 * width)));
        }
        image.setRGB(x, y, lit(image.getRGB(x, y), light, random));
      }
    }
    return image;
  }

  private static int lit(int rgb, double light, Random random) {
    double grain = NOISE * random.nextGaussian();
    int lit = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double tone = (rgb >> shift & 0xff) * light + grain + 2 * random.nextGaussian();
      lit |= (int) Math.min(255, Math.max(0, tone)) << shift;
    }
    return lit;
  }
}
