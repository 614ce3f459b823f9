package io.mnist4j.data.pictures;

import io.mnist4j.data.ImageSet;

/** A picture in shades of grey. */
public final class GreyImage {
  private final int height;
  private final int width;
  private final byte[] pixels;

  /**
   * Takes the array without a copy.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param pixels {@code [height, width]} row by row, unsigned bytes: 0 is black, 255 is white
   * @throws IllegalArgumentException if the sizes contradict each other
   */
  public GreyImage(int height, int width, byte[] pixels) {
    if (height < 1 || width < 1 || pixels.length != height * width) {
      throw new IllegalArgumentException(
          "%d pixels are not an image of %dx%d".formatted(pixels.length, width, height));
    }
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /** One image of a set, in its own tones. */
  public static GreyImage of(ImageSet images, int index) {
    return new GreyImage(images.height(), images.width(), images.pixels(index));
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** {@code [height, width]}, unsigned, not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** The brightness of a pixel, 0 to 255. */
  public int at(int row, int column) {
    return Byte.toUnsignedInt(pixels[row * width + column]);
  }

  /** The same as a picture in colour, nothing of it transparent. */
  public Picture toPicture() {
    int[] argb = new int[pixels.length];
    for (int i = 0; i < argb.length; i++) {
      int tone = Byte.toUnsignedInt(pixels[i]);
      argb[i] = 0xff000000 | tone << 16 | tone << 8 | tone;
    }
    return new Picture(height, width, argb, 1);
  }

  /** The negative: white becomes black. */
  public GreyImage inverted() {
    byte[] negative = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      negative[i] = (byte) ~pixels[i];
    }
    return new GreyImage(height, width, negative);
  }

  /** The brightness of each pixel, 0 to 255, in an array of its own. */
  public float[] tones() {
    float[] tones = new float[pixels.length];
    for (int i = 0; i < tones.length; i++) {
      tones[i] = Byte.toUnsignedInt(pixels[i]);
    }
    return tones;
  }

  /** How many pixels have each of the 256 tones. */
  public int[] histogram() {
    int[] histogram = new int[256];
    for (byte pixel : pixels) {
      histogram[Byte.toUnsignedInt(pixel)]++;
    }
    return histogram;
  }

  /** Scaled to another size, height and width each for itself; itself where it has that size. */
  public GreyImage stretched(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    double rowStep = (double) height / newHeight;
    double columnStep = (double) width / newWidth;
    float[] scaled =
        new Resampling(tones(), height, width).to(0, 0, rowStep, columnStep, newHeight, newWidth);
    byte[] rounded = new byte[scaled.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (byte) Math.round(Math.min(255, Math.max(0, scaled[i])));
    }
    return new GreyImage(newHeight, newWidth, rounded);
  }
}
