package io.mnist4j.explain;

import java.util.stream.IntStream;

/**
 * Takes the pixels of an image away, or puts them in, in the order that an explanation says, the
 * most important first, and looks how soon the network changes its mind (V. Petsiuk, A. Das, K.
 * Saenko, "RISE: Randomized input sampling for explanation of black-box models", BMVC 2018, section
 * 4.2 and algorithm 1).
 *
 * <p>Deletion turns pixels into white paper. Insertion begins with the blurred image, as the
 * publication does, by the same kernel of 11x11 pixels. Each step takes as many pixels as a row
 * has; of equally important ones those further up, then further left, come first.
 */
final class DeletionInsertion {
  private static final int KERNEL_REACH = 5;
  private static final double KERNEL_DEVIATION = 5;

  private final int height;
  private final int width;

  DeletionInsertion(int height, int width) {
    this.height = height;
    this.width = width;
  }

  /** Images of each way, the first and the last one included. */
  int images() {
    return height + 1;
  }

  /**
   * From the image to white paper.
   *
   * @param image {@code [height * width]}, unsigned
   * @param target the images are written from here on, one behind the other
   */
  void delete(byte[] image, Saliency saliency, byte[] target, int offset) {
    replace(image, new byte[image.length], saliency, target, offset);
  }

  /** From the blurred image to the image; as {@link #delete}. */
  void insert(byte[] image, Saliency saliency, byte[] target, int offset) {
    replace(blurred(image), image, saliency, target, offset);
  }

  private void replace(byte[] from, byte[] to, Saliency saliency, byte[] target, int offset) {
    int[] order =
        IntStream.range(0, from.length)
            .boxed()
            .sorted((a, b) -> Float.compare(saliency.at(b), saliency.at(a)))
            .mapToInt(i -> i)
            .toArray();
    byte[] current = from.clone();
    System.arraycopy(current, 0, target, offset, current.length);
    for (int step = 1; step <= height; step++) {
      for (int i = (step - 1) * width; i < step * width; i++) {
        current[order[i]] = to[order[i]];
      }
      System.arraycopy(current, 0, target, offset + step * current.length, current.length);
    }
  }

  /** With nothing but paper around it. */
  byte[] blurred(byte[] image) {
    byte[] blurred = new byte[image.length];
    double weights = 0;
    for (int r = -KERNEL_REACH; r <= KERNEL_REACH; r++) {
      for (int c = -KERNEL_REACH; c <= KERNEL_REACH; c++) {
        weights += weight(r, c);
      }
    }
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double sum = 0;
        for (int r = Math.max(0, row - KERNEL_REACH);
            r <= Math.min(height - 1, row + KERNEL_REACH);
            r++) {
          for (int c = Math.max(0, column - KERNEL_REACH);
              c <= Math.min(width - 1, column + KERNEL_REACH);
              c++) {
            sum += weight(r - row, c - column) * Byte.toUnsignedInt(image[r * width + c]);
          }
        }
        blurred[row * width + column] = (byte) Math.round(sum / weights);
      }
    }
    return blurred;
  }

  private static double weight(int rows, int columns) {
    return Math.exp(-(rows * rows + columns * columns) / (2 * KERNEL_DEVIATION * KERNEL_DEVIATION));
  }

  /**
   * The area under a curve of equal steps from 0 to 1, by the trapezoidal rule.
   *
   * @param curve at least two values
   */
  static double area(double[] curve) {
    double sum = (curve[0] + curve[curve.length - 1]) / 2;
    for (int i = 1; i < curve.length - 1; i++) {
      sum += curve[i];
    }
    return sum / (curve.length - 1);
  }
}
