package io.mnist4j.data.pictures;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How a picture's rows and columns are to be turned: the tag Orientation (274, values 1 to 8; CIPA
 * DC-008, Exif 2.32, 4.6.4) in the Exif block of a JPEG or PNG file, which cameras write, or in a
 * TIFF file, which has the same form.
 */
final class Orientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 274;
  private static final int PNG_EXIF = ByteBuffer.wrap(latin1("eXIf")).getInt();
  private static final ByteBuffer JPEG_EXIF = ByteBuffer.wrap(latin1("Exif\0\0"));

  private Orientation() {}

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The tag's value, 1 (upright) where the file has none or what it has makes no sense. */
  static int of(ImageFormat format, byte[] content) {
    ByteBuffer file = ByteBuffer.wrap(content);
    try {
      int value =
          switch (format) {
            case JPEG -> inJpeg(file);
            case PNG -> inPng(file);
            case TIFF -> inTiff(file);
            default -> UPRIGHT;
          };
      return value >= 1 && value <= 8 ? value : UPRIGHT;
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Whatever is wrong with the block, the pixels can be looked at.
      return UPRIGHT;
    }
  }

  private static int inJpeg(ByteBuffer file) {
    file.position(2);
    while ((file.get() & 0xff) == 0xff) {
      int marker = file.get() & 0xff;
      int length = (file.getShort() & 0xffff) - 2;
      int exif = JPEG_EXIF.capacity();
      if (marker == 0xe1 && length > exif && file.slice(file.position(), exif).equals(JPEG_EXIF)) {
        return inTiff(file.slice(file.position() + exif, length - exif));
      }
      // From the start of the scan on there are pixels.
      if (marker == 0xda) {
        return UPRIGHT;
      }
      file.position(file.position() + length);
    }
    return UPRIGHT;
  }

  private static int inPng(ByteBuffer file) {
    // Chunks of a length, a type, so many bytes and a checksum follow the signature.
    for (int at = 8; file.getInt(at) >= 0; at = Math.addExact(at, file.getInt(at) + 12)) {
      if (file.getInt(at + 4) == PNG_EXIF) {
        return inTiff(file.slice(at + 8, file.getInt(at)));
      }
    }
    return UPRIGHT;
  }

  private static int inTiff(ByteBuffer tiff) {
    return (int) TiffDirectory.of(tiff).values(TAG).findFirst().orElse(UPRIGHT);
  }

  /** The picture as it is to be seen. */
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
