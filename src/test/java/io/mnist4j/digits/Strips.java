package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** MNIST images side by side, three times as large, light on dark. */
public enum Strips {
  APART(3),
  TOUCHING(0),
  OVERLAPPING(-2);

  /** Darker pixels at a digit's edge do not count to its width. */
  private static final int INK = 60;

  private static final int MARGIN = 20;
  private static final int ENLARGED = 3;

  private final int gap;

  Strips(int gap) {
    this.gap = gap;
  }

  /** The content of a PNG file. */
  public byte[] file(List<GreyImage> digits) {
    int width = digits.stream().mapToInt(GreyImage::width).sum() + 3 * MARGIN;
    int height = digits.get(0).height() + 2 * MARGIN;
    BufferedImage strip = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    int x = MARGIN;
    for (GreyImage digit : digits) {
      int left = digit.width();
      int right = 0;
      for (int column = 0; column < digit.width(); column++) {
        if (hasInk(digit, column)) {
          left = Math.min(left, column);
          right = column;
        }
      }
      draw(digit, strip, x - left);
      x += right - left + 1 + gap;
    }
    BufferedImage enlarged =
        new BufferedImage(width * ENLARGED, height * ENLARGED, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = enlarged.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(strip, 0, 0, enlarged.getWidth(), enlarged.getHeight(), null);
    graphics.dispose();
    return Rendering.file(enlarged, "png");
  }

  private static boolean hasInk(GreyImage digit, int column) {
    for (int row = 0; row < digit.height(); row++) {
      if (digit.at(row, column) > INK) {
        return true;
      }
    }
    return false;
  }

  private static void draw(GreyImage digit, BufferedImage strip, int left) {
    for (int row = 0; row < digit.height(); row++) {
      for (int column = 0; column < digit.width(); column++) {
        int x = left + column;
        if (x >= 0 && x < strip.getWidth()) {
          int there = strip.getRaster().getSample(x, row + MARGIN, 0);
          strip.getRaster().setSample(x, row + MARGIN, 0, Math.max(there, digit.at(row, column)));
        }
      }
    }
  }
}
