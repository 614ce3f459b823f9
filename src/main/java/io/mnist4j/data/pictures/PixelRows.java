package io.mnist4j.data.pictures;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/**
 * The rows of a decoded image as the file's own numbers. {@link BufferedImage#getRGB} would bend
 * greys, which Java takes for linear light, and take seconds to convert a camera's colour profile.
 */
final class PixelRows {
  private final BufferedImage image;
  private final boolean direct;
  private final int colors;
  private final int bands;
  private final int shift;
  private final int[] samples;

  PixelRows(BufferedImage image) {
    this.image = image;
    ColorModel model = image.getColorModel();
    int space = model.getColorSpace().getType();
    boolean grey = space == ColorSpace.TYPE_GRAY;
    boolean wholeNumbers =
        model.getTransferType() == DataBuffer.TYPE_BYTE
            || model.getTransferType() == DataBuffer.TYPE_USHORT;
    direct =
        model instanceof ComponentColorModel
            && wholeNumbers
            && (grey || space == ColorSpace.TYPE_RGB);
    colors = grey ? 1 : 3;
    bands = image.getRaster().getNumBands();
    shift = direct ? model.getComponentSize(0) - 8 : 0;
    samples = new int[image.getWidth() * bands];
  }

  /** Fills the array with alpha, red, green and blue of a row's pixels. */
  void read(int row, int[] argb) {
    int width = image.getWidth();
    if (!direct) {
      image.getRGB(0, row, width, 1, argb, 0, width);
      return;
    }
    image.getRaster().getPixels(0, row, width, 1, samples);
    for (int i = 0; i < width; i++) {
      int at = i * bands;
      int red = samples[at] >> shift;
      int green = colors == 1 ? red : samples[at + 1] >> shift;
      int blue = colors == 1 ? red : samples[at + 2] >> shift;
      int alpha = bands > colors ? samples[at + colors] >> shift : 255;
      argb[i] = alpha << 24 | red << 16 | green << 8 | blue;
    }
  }
}
