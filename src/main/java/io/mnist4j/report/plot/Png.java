package io.mnist4j.report.plot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A small image as PNG (W3C, Portable Network Graphics, third edition), one byte a pixel. The JDK's
 * own writer would start AWT, which takes longer than all the rest of a report.
 */
public final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int GREY = 0;
  private static final int PALETTE = 3;

  private final int width;
  private final int height;
  private final byte[] bytes;

  private Png(int width, int height, byte[] bytes) {
    this.width = width;
    this.height = height;
    this.bytes = bytes;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /** The content of a file, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * A grey image.
   *
   * @param pixels {@code [height, width]} row by row, unsigned: 0 is black, 255 is white
   */
  public static Png grey(int width, int height, byte[] pixels) {
    return new Png(width, height, write(width, height, pixels, GREY, new byte[0]));
  }

  /**
   * An image of up to 256 colours.
   *
   * @param pixels {@code [height, width]} row by row, unsigned: indices of colours
   * @param palette {@code [colours, 3]}: red, green and blue of each, unsigned
   */
  public static Png indexed(int width, int height, byte[] pixels, byte[] palette) {
    return new Png(width, height, write(width, height, pixels, PALETTE, palette));
  }

  /** The value of a page's {@code src}. */
  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] write(int width, int height, byte[] pixels, int type, byte[] palette) {
    if (pixels.length != width * height) {
      throw new IllegalArgumentException(
          "%d pixels are not %dx%d".formatted(pixels.length, width, height));
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    chunk(png, "IHDR", header(width, height, type));
    if (type == PALETTE) {
      chunk(png, "PLTE", palette);
    }
    chunk(png, "IDAT", deflated(width, height, pixels));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /**
   * Sizes, bits of a pixel and its type; then the only compression, filtering and order there are.
   */
  private static byte[] header(int width, int height, int type) {
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put((byte) 8).put((byte) type);
    return header.array();
  }

  /**
   * Each row begins with the number of its filter: none, for rows do not follow from each other.
   */
  private static byte[] deflated(int width, int height, byte[] pixels) {
    byte[] rows = new byte[height * (width + 1)];
    for (int row = 0; row < height; row++) {
      System.arraycopy(pixels, row * width, rows, row * (width + 1) + 1, width);
    }
    // What cannot be compressed grows by a few bytes in a thousand.
    byte[] content = new byte[rows.length + rows.length / 100 + 64];
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(rows);
      deflater.finish();
      return Arrays.copyOf(content, deflater.deflate(content));
    } finally {
      deflater.end();
    }
  }

  /** Length, name, content, and the checksum of the latter two. */
  private static void chunk(ByteArrayOutputStream png, String name, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
    chunk.putInt(content.length).put(name.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + content.length);
    chunk.putInt((int) crc.getValue());
    png.writeBytes(chunk.array());
  }
}
