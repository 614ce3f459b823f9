package io.mnist4j.data.strokes;

import io.mnist4j.random.Dice;

/** Writes one digit after the other into an array of pixels; not for several threads at once. */
final class Writer {
  private final Skeleton skeleton = new Skeleton();
  private final Hand hand = new Hand();
  private final Raster raster = new Raster();

  /**
   * Writes one image.
   *
   * @param digit 0 to 9
   * @param pixels {@code [n, 28, 28]}, all 0 at this image
   * @param offset the index of this image's first pixel
   */
  void write(int digit, Dice dice, byte[] pixels, int offset) {
    double wobble = dice.between(0, 0.008);
    double pressureWobble = dice.between(0, 0.3);
    skeleton.clear(dice, wobble, pressureWobble);
    Glyphs.lay(digit, skeleton, dice);
    skeleton.finish();
    hand.write(skeleton, dice);
    raster.draw(skeleton, penRadius(dice), pixels, offset);
  }

  /** Half a pen's width in pixels, from a sharp ball-point to a felt-tip. */
  private static double penRadius(Dice dice) {
    return Math.max(0.7, dice.around(1.3, 0.38));
  }
}
