package io.mnist4j.data.augment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The smallest rectangle that holds all ink of an image, found without a look at each pixel: rows
 * are compared with paper, and columns looked at eight at a time. For one thread at a time.
 */
final class InkBounds {
  /** The lowest byte is the leftmost pixel's. */
  private static final VarHandle EIGHT_PIXELS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int height;
  private final int width;
  private final byte[] paper;

  private int left;
  private int right;
  private int top;
  private int bottom;

  InkBounds(int height, int width) {
    this.height = height;
    this.width = width;
    paper = new byte[height * width];
  }

  /**
   * Finds the ink of one image.
   *
   * @param pixels unsigned bytes; 0 is paper
   * @param offset index of the image's first pixel
   * @return whether there is any; if not, the bounds stay what they were
   * @throws IndexOutOfBoundsException if the image ends after the array does
   */
  boolean find(byte[] pixels, int offset) {
    int firstInk = Arrays.mismatch(pixels, offset, offset + paper.length, paper, 0, paper.length);
    if (firstInk < 0) {
      return false;
    }
    top = firstInk / width;
    bottom = height - 1;
    while (isPaper(pixels, offset + bottom * width)) {
      bottom--;
    }
    left = firstColumn(pixels, offset + top * width);
    right = lastColumn(pixels, offset + top * width);
    return true;
  }

  private int firstColumn(byte[] pixels, int from) {
    int column = 0;
    for (; column + Long.BYTES <= width; column += Long.BYTES) {
      long eight = eightColumns(pixels, from + column);
      if (eight != 0) {
        return column + Long.numberOfTrailingZeros(eight) / Byte.SIZE;
      }
    }
    while (oneColumn(pixels, from + column) == 0) {
      column++;
    }
    return column;
  }

  private int lastColumn(byte[] pixels, int from) {
    int column = width - 1;
    for (; column >= Long.BYTES - 1; column -= Long.BYTES) {
      long eight = eightColumns(pixels, from + column - (Long.BYTES - 1));
      if (eight != 0) {
        return column - Long.numberOfLeadingZeros(eight) / Byte.SIZE;
      }
    }
    while (oneColumn(pixels, from + column) == 0) {
      column--;
    }
    return column;
  }

  /** The leftmost column with ink, 0 to width - 1. */
  int left() {
    return left;
  }

  /** The rightmost column with ink. */
  int right() {
    return right;
  }

  /** The uppermost row with ink, 0 to height - 1. */
  int top() {
    return top;
  }

  /** The lowest row with ink. */
  int bottom() {
    return bottom;
  }

  private boolean isPaper(byte[] pixels, int from) {
    return Arrays.equals(pixels, from, from + width, paper, 0, width);
  }

  /** All pixels of eight columns, from the top row with ink to the last, one over the other. */
  private long eightColumns(byte[] pixels, int first) {
    long all = 0;
    for (int row = top, at = first; row <= bottom; row++, at += width) {
      all |= (long) EIGHT_PIXELS.get(pixels, at);
    }
    return all;
  }

  private int oneColumn(byte[] pixels, int first) {
    int all = 0;
    for (int row = top, at = first; row <= bottom; row++, at += width) {
      all |= pixels[at];
    }
    return all;
  }
}
