package io.mnist4j.data.pictures;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held, from a JPEG file's Exif block: the pixels are stored as the sensor has
 * them, and the tag Orientation (0x0112, values 1 to 8; CIPA DC-008, Exif 2.32, 4.6.4) says how
 * they are to be turned.
 */
final class Orientation {
  /** As it shall be seen. */
  static final int UPRIGHT = 1;

  private static final int TAG = 0x0112;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private Orientation() {}

  /** The tag's value, {@link #UPRIGHT} where the file has none or what it has makes no sense. */
  static int of(byte[] jpeg) {
    ByteBuffer in = ByteBuffer.wrap(jpeg);
    in.position(2);
    try {
      while ((in.get() & 0xff) == 0xff) {
        int marker = in.get() & 0xff;
        int length = (in.getShort() & 0xffff) - 2;
        boolean exif =
            marker == 0xe1
                && length > EXIF.length
                && in.slice(in.position(), EXIF.length).equals(ByteBuffer.wrap(EXIF));
        if (exif) {
          return ofTiff(in.slice(in.position() + EXIF.length, length - EXIF.length));
        }
        // From the start of the scan on there are pixels.
        if (marker == 0xda || length < 0) {
          return UPRIGHT;
        }
        in.position(in.position() + length);
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Whatever is wrong with the block, the pixels can be looked at.
    }
    return UPRIGHT;
  }

  private static int ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xffff;
    for (int entry = 0; entry < entries; entry++) {
      int at = directory + 2 + 12 * entry;
      if ((tiff.getShort(at) & 0xffff) == TAG) {
        int value = tiff.getShort(at + 8);
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** The picture as it shall be seen. */
  static Picture upright(Picture stored, int orientation) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    boolean turned = orientation >= 5;
    int height = turned ? stored.width() : stored.height();
    int width = turned ? stored.height() : stored.width();
    int[] argb = new int[height * width];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int mirroredRow = height - 1 - row;
        int mirroredColumn = width - 1 - column;
        argb[row * width + column] =
            switch (orientation) {
              case 2 -> stored.argb(row, mirroredColumn);
              case 3 -> stored.argb(mirroredRow, mirroredColumn);
              case 4 -> stored.argb(mirroredRow, column);
              case 5 -> stored.argb(column, row);
              case 6 -> stored.argb(mirroredColumn, row);
              case 7 -> stored.argb(mirroredColumn, mirroredRow);
              default -> stored.argb(column, mirroredRow);
            };
      }
    }
    return new Picture(height, width, argb, stored.reduction());
  }
}
