package io.mnist4j.digits;

import io.mnist4j.data.pictures.Resampling;

/** One digit's ink, and nothing of its neighbours', with its extent to parts of a pixel. */
final class Crop {
  /** How far the soft edge of the ink reaches beyond what is at least half ink, in pixels. */
  private static final int SOFT = 2;

  private final float[] ink;
  private final int height;
  private final int width;
  private final double top;
  private final double left;
  private final double bottom;
  private final double right;

  Crop(ConnectedComponent digit, InkImage image) {
    height = digit.height() + 2 * SOFT;
    width = digit.width() + 2 * SOFT;
    ink = new float[height * width];
    boolean[] own = new boolean[height * width];
    for (int[] piece : digit.pixels()) {
      for (int pixel : piece) {
        int row = pixel / image.width - digit.top() + SOFT;
        own[row * width + pixel % image.width - digit.left() + SOFT] = true;
      }
    }
    for (int i = 0; i < own.length; i++) {
      if (own[i]) {
        copy(own, i, digit, image);
      }
    }
    top = edge(width, height, width, 1, 0);
    bottom = height - edge(width, height, -width, 1, (height - 1) * width);
    left = edge(height, width, 1, width, 0);
    right = width - edge(height, width, -1, width, width - 1);
  }

  /** Copies a pixel of the digit, and what around it is too pale to belong to any digit. */
  private void copy(boolean[] own, int at, ConnectedComponent digit, InkImage image) {
    int row = digit.top() + at / width - SOFT;
    int column = digit.left() + at % width - SOFT;
    // In the midst of ink there is nothing around that an outer pixel would not copy as well.
    boolean inner =
        own[at - 1] && own[at + 1] && ownThree(own, at - width) && ownThree(own, at + width);
    int reach = inner ? 0 : SOFT;
    for (int r = row - reach; r <= row + reach; r++) {
      for (int c = column - reach; c <= column + reach; c++) {
        boolean inside = r >= 0 && c >= 0 && r < image.height && c < image.width;
        if (inside && (!image.isInk(r, c) || (r == row && c == column))) {
          ink[(r - digit.top() + SOFT) * width + c - digit.left() + SOFT] =
              image.ink[r * image.width + c];
        }
      }
    }
  }

  private static boolean ownThree(boolean[] own, int middle) {
    return own[middle - 1] && own[middle] && own[middle + 1];
  }

  /**
   * How far from a side the ink begins. Its outermost line of pixels is covered in part, and the
   * shade of its darkest pixel says how much of it.
   *
   * @param across pixels of a line
   * @param lines how many there are
   * @param nextLine what is added to an index to go to the next line
   * @param nextPixel what is added to an index to go along a line
   * @param start index of the first pixel of the first line
   */
  private double edge(int across, int lines, int nextLine, int nextPixel, int start) {
    for (int line = 0; line < lines; line++) {
      float darkest = 0;
      for (int i = 0; i < across; i++) {
        darkest = Math.max(darkest, ink[start + line * nextLine + i * nextPixel]);
      }
      if (darkest > 0.1f) {
        return line + 1 - darkest;
      }
    }
    return 0;
  }

  /**
   * The digit in a square, as large as fits, in the middle.
   *
   * @param side rows and columns of the square
   * @param margin pixels of it that stay free on each side
   * @return {@code [side, side]}, 0 to 1
   */
  float[] scaledTo(int side, int margin) {
    double scale = Math.max(bottom - top, right - left) / (side - 2 * margin);
    double firstRow = (top + bottom - side * scale) / 2;
    double firstColumn = (left + right - side * scale) / 2;
    return new Resampling(ink, height, width).to(firstRow, firstColumn, scale, scale, side, side);
  }
}
