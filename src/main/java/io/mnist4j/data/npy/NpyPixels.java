package io.mnist4j.data.npy;

/**
 * Makes unsigned bytes of pixels that come one after the other. Integers are 0 to 255; booleans
 * become 0 and 255. Floats are taken for 0 to 1, and multiplied by 255, as long as none is greater;
 * from then on they are 0 to 255, and what was converted before is taken back. So values need not
 * be kept, nor read twice.
 */
final class NpyPixels {
  private static final int MAX = 255;

  /** Images of 0 to 255 have a pixel of at least this somewhere. */
  private static final double LEAST_MAX = 2;

  private final byte[] pixels;
  private final NpyType type;
  private int end;
  private boolean unit;
  private double greatest;
  private int greatestAt;

  NpyPixels(byte[] pixels, NpyType type) {
    this.pixels = pixels;
    this.type = type;
    unit = type.isFloat();
  }

  /**
   * Appends some values.
   *
   * @return how many: fewer than {@code count} where one is out of range
   */
  int append(double[] values, int count) {
    double factor = type.kind() == NpyType.NumberKind.BOOL ? MAX : 1;
    double most = greatest;
    for (int i = 0; i < count; i++) {
      double value = values[i] * factor;
      // NaN is in no range.
      if (!(value >= 0 && value <= MAX)) {
        return i;
      }
      if (value > most) {
        most = value;
        greatestAt = end + i;
      }
    }
    greatest = most;
    if (unit && most > 1) {
      leaveUnit();
    }
    double scale = unit ? MAX : factor;
    for (int i = 0; i < count; i++) {
      pixels[end + i] = (byte) (int) (values[i] * scale + 0.5);
    }
    end += count;
    return count;
  }

  /** A value from 0 to 1 is nearer to 1 where 255 times as much is at least 127.5. */
  private void leaveUnit() {
    unit = false;
    for (int i = 0; i < end; i++) {
      pixels[i] = (byte) (Byte.toUnsignedInt(pixels[i]) > MAX / 2 ? 1 : 0);
    }
  }

  /**
   * The index of the greatest value if it is slightly more than 1, else -1. Values that were meant
   * to be 0 to 1 would become black images without a word.
   */
  int aboveUnit() {
    return type.isFloat() && greatest > 1 && greatest < LEAST_MAX ? greatestAt : -1;
  }

  double greatest() {
    return greatest;
  }
}
