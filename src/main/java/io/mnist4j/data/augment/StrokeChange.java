package io.mnist4j.data.augment;

import io.mnist4j.random.SplitMix64;

/**
 * Makes strokes thicker or thinner, and their ink uneven, as other pens and papers do. Paper stays
 * paper but for what a thicker stroke covers. For one thread at a time.
 */
final class StrokeChange {
  private final int height;
  private final int width;
  private final float[] before;

  StrokeChange(int height, int width) {
    this.height = height;
    this.width = width;
    before = new float[height * width];
  }

  /**
   * Lets the ink grow, or the paper: by grey-scale dilation or erosion by a pixel and its four
   * neighbours, once for each whole pixel, and a mixture with what it was for the rest.
   *
   * @param pixels on each side of a stroke; below 0 it becomes thinner
   * @param image {@code height * width} values in [0, 1], 1 is ink
   * @param offset index of the first one
   */
  void thicken(double pixels, float[] image, int offset) {
    double left = Math.abs(pixels);
    while (left > 0) {
      step(pixels > 0, (float) Math.min(1, left), image, offset);
      left -= 1;
    }
  }

  private void step(boolean ink, float part, float[] image, int offset) {
    System.arraycopy(image, offset, before, 0, before.length);
    for (int row = 0, at = 0; row < height; row++) {
      for (int column = 0; column < width; column++, at++) {
        float own = before[at];
        float above = row > 0 ? before[at - width] : own;
        float below = row < height - 1 ? before[at + width] : own;
        float left = column > 0 ? before[at - 1] : own;
        float right = column < width - 1 ? before[at + 1] : own;
        float next =
            ink
                ? Math.max(own, Math.max(Math.max(above, below), Math.max(left, right)))
                : Math.min(own, Math.min(Math.min(above, below), Math.min(left, right)));
        image[offset + at] = own + part * (next - own);
      }
    }
  }

  /**
   * Makes each inked pixel lighter or darker, uniform up to an amount that is the image's own.
   *
   * @param most of that amount, 0 to 1
   * @param image as above
   */
  void roughen(double most, SplitMix64 random, float[] image, int offset) {
    double amount = random.nextDouble(0, most);
    if (amount == 0) {
      return;
    }
    for (int i = offset; i < offset + before.length; i++) {
      if (image[i] > 0) {
        double changed = image[i] + random.nextDouble(-amount, amount);
        image[i] = (float) Math.min(1, Math.max(0, changed));
      }
    }
  }
}
