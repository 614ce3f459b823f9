package io.mnist4j.issues;

import io.mnist4j.data.ImageSet;

/**
 * The lowest frequencies of images: the two-dimensional discrete cosine transform, type II,
 * orthonormal (N. Ahmed, T. Natarajan and K. R. Rao, 1974). It keeps distances, so the distance of
 * some of the coefficients of two images is never larger than that of all their pixels.
 */
final class CosineTransform {
  /** Frequencies that are kept along each side. */
  private static final int KEPT = 8;

  private final int height;
  private final int width;
  private final float[][] ofRows;
  private final float[][] ofColumns;

  CosineTransform(int height, int width) {
    this.height = height;
    this.width = width;
    ofRows = basis(height);
    ofColumns = basis(width);
  }

  private static float[][] basis(int length) {
    float[][] basis = new float[Math.min(KEPT, length)][length];
    for (int k = 0; k < basis.length; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / length);
      for (int i = 0; i < length; i++) {
        basis[k][i] = (float) (scale * Math.cos(Math.PI * (2 * i + 1) * k / (2 * length)));
      }
    }
    return basis;
  }

  /** The number of coefficients: all that are kept but the mean, at least 0. */
  int size() {
    return ofRows.length * ofColumns.length - 1;
  }

  /**
   * The coefficients of an image, without that of its mean.
   *
   * @param scale by which they are multiplied
   * @param target gets {@link #size} numbers
   */
  void of(ImageSet images, int image, double scale, float[] target) {
    byte[] pixels = images.pixels();
    int first = image * images.pixelsPerImage();
    float[] row = new float[ofColumns.length];
    double[] sums = new double[ofRows.length * ofColumns.length];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < row.length; k++) {
        float sum = 0;
        for (int x = 0; x < width; x++) {
          sum += ofColumns[k][x] * (pixels[first + y * width + x] & 0xff);
        }
        row[k] = sum;
      }
      for (int k = 0; k < sums.length; k++) {
        sums[k] += ofRows[k / row.length][y] * row[k % row.length];
      }
    }
    for (int k = 1; k < sums.length; k++) {
      target[k - 1] = (float) (sums[k] * scale);
    }
  }
}
