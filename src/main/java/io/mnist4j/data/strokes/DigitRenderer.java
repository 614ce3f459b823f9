package io.mnist4j.data.strokes;

import io.mnist4j.random.SplitMix64;

/** Writes one digit after the other into an array of pixels; not for several threads at once. */
final class DigitRenderer {
  private static final Glyphs GLYPHS = Glyphs.digits();

  private final Skeleton skeleton = new Skeleton();
  private final HandwritingStyle style = new HandwritingStyle();
  private final Raster raster = new Raster();

  /**
   * Writes one image.
   *
   * @param digit 0 to 9
   * @param pixels {@code [n, 28, 28]}, all 0 at this image
   * @param offset the index of this image's first pixel
   */
  void write(int digit, SplitMix64 random, byte[] pixels, int offset) {
    double wobble = random.nextDouble(0, 0.008);
    double pressureWobble = random.nextDouble(0, 0.3);
    skeleton.clear(random, wobble, pressureWobble);
    GLYPHS.lay(digit, skeleton, random);
    skeleton.finish();
    style.write(skeleton, random);
    raster.draw(skeleton, penRadius(random), pixels, offset);
  }

  /** Half a pen's width in pixels, from a sharp ball-point to a felt-tip. */
  private static double penRadius(SplitMix64 random) {
    return Math.max(0.7, random.nextBellShaped(1.3, 0.38));
  }
}
