package io.mnist4j.digits;

/** How much ink each pixel holds: 0 is paper and 1 is ink, whatever their tones were. */
final class InkImage {
  /** What is darker belongs to a piece of ink. */
  static final float INK = 0.4f;

  final int height;
  final int width;

  /** {@code [height, width]} row by row, 0 to 1. */
  final float[] ink;

  /** Whether the light on the paper was uneven: a photo, and its edges may show other things. */
  final boolean uneven;

  InkImage(int height, int width, float[] ink, boolean uneven) {
    this.height = height;
    this.width = width;
    this.ink = ink;
    this.uneven = uneven;
  }

  /** The same ink of a picture whose edges may show other things. */
  InkImage ofPhoto() {
    return new InkImage(height, width, ink, true);
  }

  /** Whether a pixel belongs to a piece of ink, and not only to the soft edge of one. */
  boolean isInk(int row, int column) {
    return ink[row * width + column] >= INK;
  }
}
