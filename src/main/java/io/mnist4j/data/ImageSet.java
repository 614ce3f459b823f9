package io.mnist4j.data;

/** Grey-scale images of one size with one label each. */
public final class ImageSet {
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * Takes the arrays without a copy.
   *
   * @param height rows of an image, at least 1
   * @param width columns of an image, at least 1
   * @param pixels {@code [n, height, width]} row by row, unsigned bytes: 0 is paper, 255 is ink
   * @param labels {@code [n]} class indices, unsigned bytes
   * @throws IllegalArgumentException if the sizes contradict each other
   */
  public ImageSet(int height, int width, byte[] pixels, byte[] labels) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("image size " + height + "x" + width);
    }
    if ((long) labels.length * height * width != pixels.length) {
      throw new IllegalArgumentException(
          "%d pixels are not %d images of %dx%d"
              .formatted(pixels.length, labels.length, height, width));
    }
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Rows of an image. */
  public int height() {
    return height;
  }

  /** Columns of an image. */
  public int width() {
    return width;
  }

  /** The number of images. */
  public int size() {
    return labels.length;
  }

  /** The number of pixels of one image. */
  public int pixelsPerImage() {
    return height * width;
  }

  /** {@code [n, height, width]}, unsigned, not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** {@code [n]} class indices, unsigned, not a copy. */
  public byte[] labels() {
    return labels;
  }

  /** The class index of one image, 0 to 255. */
  public int label(int image) {
    return Byte.toUnsignedInt(labels[image]);
  }
}
