package io.mnist4j.data.idx;

import io.mnist4j.errors.DataException;
import java.nio.ByteBuffer;

/**
 * Pixels of 0 to 255. Those of floats are taken as 0 to 1, and multiplied by 255, as long as none
 * is above 1; both are rounded.
 */
final class PixelValues implements IdxValues {
  private static final int HALF = 128;

  private final IdxElement element;
  private final int[] shape;
  private final byte[] pixels;
  private int end;
  private boolean fractions;
  private double highest;

  /**
   * @param shape {@code [n, height, width]}, whose product is the number of pixels
   */
  PixelValues(IdxElement element, int[] shape) {
    this.element = element;
    this.shape = shape;
    pixels = new byte[shape[0] * shape[1] * shape[2]];
    fractions = element.isFloat();
  }

  @Override
  public void take(ByteBuffer elements, int count) throws DataException {
    for (int i = 0; i < count; i++) {
      double value = element.next(elements);
      // Not the other way round: a number that is none compares false.
      if (!(value >= 0 && value <= 255)) {
        throw new DataException(
            "image %d, row %d, column %d: expected a pixel of 0 to 255%s, found %s"
                .formatted(
                    end / (shape[1] * shape[2]),
                    end / shape[2] % shape[1],
                    end % shape[2],
                    element.isFloat() ? ", or 0 to 1" : "",
                    IdxValues.text(value)));
      }
      if (fractions && value > 1) {
        takeBackFractions();
      }
      highest = Math.max(highest, value);
      pixels[end++] = (byte) Math.round(fractions ? value * 255 : value);
    }
  }

  /** What was multiplied by 255 so far was at most 1, so it rounds to 0 or 1. */
  private void takeBackFractions() {
    fractions = false;
    for (int i = 0; i < end; i++) {
      pixels[i] = (byte) (Byte.toUnsignedInt(pixels[i]) < HALF ? 0 : 1);
    }
  }

  /** Values that end a little above 1 are fractions of which some went too far. */
  @Override
  public byte[] bytes() throws DataException {
    if (element.isFloat() && highest > 1 && highest < 2) {
      throw new DataException(
          "expected pixels of 0 to 255, or of 0 to 1, found 0 to " + IdxValues.text(highest));
    }
    return pixels;
  }
}
