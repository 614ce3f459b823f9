package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Resampling;
import java.util.Arrays;
import java.util.Optional;

/**
 * Images as MNIST's were made: the digit scaled into a box of 20 × 20 pixels with its proportions
 * kept and its edges in shades of grey, and moved in an image of 28 × 28 by whole pixels until its
 * centre of mass is in the middle (Y. LeCun, C. Cortes, C. Burges, "The MNIST database of
 * handwritten digits"). All 70,000 images fill the box, and have their centre of mass within half a
 * pixel of the middle of the pixel in row 14 and column 14, counted from 0. Other sizes have the
 * same proportions.
 */
final class MnistNormalizer {
  private static final double BOX = 20.0 / 28;

  /** Strokes thinner than this part of the box are drawn thicker: few of MNIST's are. */
  private static final double THIN = 1.5 / 20;

  /** How thick, then. MNIST's median is 2.2. */
  private static final double THICK_ENOUGH = 2.0 / 20;

  /** Pixels of the fine image for one of the box. */
  private static final int FINE = 4;

  private final int height;
  private final int width;
  private final int side;

  MnistNormalizer(int height, int width) {
    this.height = height;
    this.width = width;
    side = Math.max(1, (int) Math.round(BOX * Math.min(height, width)));
  }

  /**
   * The image itself, or its negative, if it has the network's size and is already as MNIST's are;
   * empty if not.
   */
  Optional<GreyImage> recognise(GreyImage image) {
    if (image.height() != height || image.width() != width) {
      return Optional.empty();
    }
    return isMnistForm(image)
        ? Optional.of(image)
        : Optional.of(image.inverted()).filter(this::isMnistForm);
  }

  private boolean isMnistForm(GreyImage image) {
    int[] histogram = image.histogram();
    int paper = Arrays.stream(histogram, 0, 8).sum();
    int ink = Arrays.stream(histogram, 224, 256).sum();
    if (paper < image.pixels().length / 3 || ink == 0) {
      return false;
    }
    Extent extent = new Extent();
    for (int i = 0; i < image.pixels().length; i++) {
      int tone = Byte.toUnsignedInt(image.pixels()[i]);
      extent.add(i / width, i % width, tone < 8 ? 0 : tone);
    }
    int fills = Math.max(extent.bottom - extent.top, extent.right - extent.left);
    return Math.abs(fills - side) <= side / 20
        && Math.abs(extent.rows / extent.mass - middle(height)) <= 0.75
        && Math.abs(extent.columns / extent.mass - middle(width)) <= 0.75;
  }

  /** One digit. */
  GreyImage of(ConnectedComponent digit, InkImage image) {
    Crop crop = new Crop(digit, image);
    int fineSide = side * FINE;
    double thickness = strokeWidth(crop.scaledTo(fineSide, 0), fineSide) / fineSide;
    return centred(thickness < THIN ? thickened(crop, thickness) : crop.scaledTo(side, 0));
  }

  /**
   * Twice the area by the length of the outline, which is the integral of the gradient: for a line,
   * its width.
   */
  static double strokeWidth(float[] box, int side) {
    double area = 0;
    double outline = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        float here = box[row * side + column];
        float right = column + 1 < side ? box[row * side + column + 1] : 0;
        float below = row + 1 < side ? box[(row + 1) * side + column] : 0;
        area += here;
        outline += Math.hypot(right - here, below - here);
        outline += column == 0 ? here : 0;
        outline += row == 0 ? here : 0;
      }
    }
    return outline > 0 ? 2 * area / outline : 0;
  }

  /** Draws the digit at four times its size with a wider pen, and scales that down. */
  private float[] thickened(Crop crop, double thickness) {
    int fineSide = side * FINE;
    int radius = (int) Math.max(1, Math.round((THICK_ENOUGH - thickness) * fineSide / 2));
    float[] fine = crop.scaledTo(fineSide, radius);
    // A line thinner than a pixel is grey all over.
    float[] sorted = fine.clone();
    Arrays.sort(sorted);
    int first = 0;
    while (first < sorted.length - 1 && sorted[first] <= 0.02f) {
      first++;
    }
    float peak = Math.max(0.05f, sorted[(first + 3 * sorted.length) / 4]);
    float[] wide = new float[fine.length];
    for (int row = 0; row < fineSide; row++) {
      for (int column = 0; column < fineSide; column++) {
        wide[row * fineSide + column] =
            Math.min(1, largestAround(fine, fineSide, row, column, radius) / peak);
      }
    }
    return new Resampling(wide, fineSide, fineSide).to(0, 0, FINE, FINE, side, side);
  }

  private static float largestAround(float[] values, int side, int row, int column, int radius) {
    float largest = 0;
    for (int r = Math.max(0, row - radius); r <= Math.min(side - 1, row + radius); r++) {
      for (int c = Math.max(0, column - radius); c <= Math.min(side - 1, column + radius); c++) {
        if ((r - row) * (r - row) + (c - column) * (c - column) <= radius * radius) {
          largest = Math.max(largest, values[r * side + c]);
        }
      }
    }
    return largest;
  }

  /** Puts the box where its centre of mass is in the middle, but never over the image's edge. */
  private GreyImage centred(float[] box) {
    Extent extent = new Extent();
    for (int i = 0; i < box.length; i++) {
      extent.add(i / side, i % side, box[i]);
    }
    int top = shift(height, extent.rows / extent.mass);
    int left = shift(width, extent.columns / extent.mass);
    byte[] pixels = new byte[height * width];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        float ink = Math.min(1, Math.max(0, box[row * side + column]));
        pixels[(top + row) * width + left + column] = (byte) Math.round(255 * ink);
      }
    }
    return new GreyImage(height, width, pixels);
  }

  /** The index of the pixel whose middle is the image's: the 15th of 28. */
  private static int middle(int length) {
    return length / 2;
  }

  private int shift(int length, double centre) {
    int wanted = (int) Math.floor(middle(length) - centre + 0.5);
    return Math.min(length - side, Math.max(0, wanted));
  }

  /** Where ink lies, and its centre of mass. */
  private static final class Extent {
    private int top = Integer.MAX_VALUE;
    private int left = Integer.MAX_VALUE;
    private int bottom;
    private int right;
    private double mass;
    private double rows;
    private double columns;

    void add(int row, int column, double ink) {
      if (ink > 0) {
        top = Math.min(top, row);
        left = Math.min(left, column);
        bottom = Math.max(bottom, row + 1);
        right = Math.max(right, column + 1);
        mass += ink;
        rows += ink * row;
        columns += ink * column;
      }
    }
  }
}
