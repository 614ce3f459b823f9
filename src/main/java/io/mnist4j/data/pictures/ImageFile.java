package io.mnist4j.data.pictures;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.text.OneLine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG, JPEG, GIF (the first image), BMP and TIFF (the first image). What a file claims is
 * checked before memory is taken for it, so that no file can exhaust it.
 */
public final class ImageFile {
  /** The longest content that is read. */
  private static final int MAX_BYTES = 64 << 20;

  /** The most pixels that are decoded: 40 megapixels. */
  private static final long MAX_PIXELS = 40_000_000;

  /** A row or a column may not be longer: one alone would take as much memory as a picture. */
  private static final int MAX_ROW = 1 << 16;

  /** Pictures that take more than so much memory may not be so many times as long as the file. */
  private static final long MOST_BYTES = 1 << 25;

  private static final long MAX_RATIO = 500;

  /** The most pixels that all scans of a JPEG file may go over: encoders make 10 scans or so. */
  private static final long MAX_SCANNED = 1_000_000_000;

  private static final int MAX_SCANS = 100;

  /** More pixels than these are decoded only in part: each second, third ... row and column. */
  private static final long MAX_DECODED = 16_000_000;

  /** More rows or columns than these are averaged: enough for a digit, and quick to work on. */
  private static final int MAX_SIDE = 1_000;

  private ImageFile() {}

  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be read or is no picture; the message begins with the file
   */
  public static Picture read(Path file) throws DataException {
    if (Files.isDirectory(file)) {
      throw new DataException(file + ": is a folder, not a picture");
    }
    // A named pipe would be waited for; shells pass pipes that are in use as /dev/fd/N.
    if (FileProblem.isNoFile(file) && !file.startsWith("/dev")) {
      throw new DataException(file + ": is a pipe or a device, not a picture");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw new DataException("%s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  /**
   * Reads a stream to its end, or to the longest content that is allowed.
   *
   * @param name what messages begin with
   * @throws DataException if it cannot be read or holds no picture
   */
  public static Picture read(InputStream in, String name) throws DataException {
    byte[] content;
    try {
      content = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new DataException("%s: %s".formatted(name, FileProblem.reason(e)), e);
    }
    if (content.length > MAX_BYTES) {
      throw new DataException(
          "%s: longer than %d MiB, which no picture of a digit needs"
              .formatted(name, MAX_BYTES >> 20));
    }
    return decode(content, name);
  }

  /**
   * Decodes the content of a file.
   *
   * @param name what messages begin with
   * @throws DataException if it is no picture
   */
  public static Picture decode(byte[] content, String name) throws DataException {
    ImageFormat format = ImageFormat.of(content, name);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new CancellableInput(content))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      long pixels = (long) width * height;
      if (pixels > MAX_PIXELS) {
        throw new DataException(
            "%s: %dx%d pixels; at most %d megapixels are read: make it smaller"
                .formatted(name, width, height, MAX_PIXELS / 1_000_000));
      }
      if (Math.max(width, height) > MAX_ROW) {
        throw new DataException(
            "%s: %dx%d pixels, which is no picture of a digit".formatted(name, width, height));
      }
      requirePlausible(reader, pixels, content.length, name);
      if (format == ImageFormat.JPEG) {
        requireFewScans(content, pixels, MAX_SCANNED, name);
      } else if (format == ImageFormat.TIFF) {
        requireSound(TiffDirectory.of(ByteBuffer.wrap(content)), reader);
      }
      int subsampling = (int) Math.ceil(Math.sqrt((double) pixels / MAX_DECODED));
      Picture picture = reduce(decode(reader, subsampling), subsampling);
      return Orientation.upright(picture, Orientation.of(format, content));
    } catch (IOException | RuntimeException e) {
      if (e.getCause() instanceof OutOfMemoryError memory) {
        throw memory; // Nothing is wrong with the file.
      }
      Cancellation.check();
      // ImageIO reports bad content by whatever exception its decoding ran into.
      throw new DataException(
          "%s: a damaged %s file, or a rare kind of one: %s; save it anew as PNG"
              .formatted(
                  name,
                  format,
                  OneLine.of(
                      Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()))),
          e);
    } finally {
      reader.dispose();
    }
  }

  /** Ends the decoding of what it gives when its thread is interrupted. */
  private static final class CancellableInput extends ByteArrayInputStream {
    CancellableInput(byte[] content) {
      super(content);
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      Cancellation.check();
      return super.read(bytes, offset, length);
    }
  }

  /** A page that is white all over is one, and so is a file that was made to fill the memory. */
  private static void requirePlausible(ImageReader reader, long pixels, long bytes, String name)
      throws IOException, DataException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    int bits = type == null ? 3 * Byte.SIZE : type.getColorModel().getPixelSize();
    long decoded = pixels * bits / Byte.SIZE;
    if (decoded > MOST_BYTES && decoded > MAX_RATIO * bytes) {
      throw new DataException(
          "%s: %,d bytes of file for %,d of picture: there is hardly anything on it"
              .formatted(name, bytes, decoded));
    }
  }

  /**
   * Refuses a JPEG file that would keep the decoder busy.
   *
   * @param most pixels that all scans together may go over
   */
  static void requireFewScans(byte[] jpeg, long pixels, long most, String name)
      throws DataException {
    int scans = JpegScans.count(jpeg);
    long allowed = Math.min(MAX_SCANS, most / pixels);
    if (scans > allowed) {
      throw new DataException(
          "%s: a JPEG picture of %d scans; at most %d of this size are read: save it anew as PNG"
              .formatted(name, scans, allowed));
    }
  }

  private static void requireSound(TiffDirectory directory, ImageReader reader) throws IOException {
    long tile = (long) reader.getTileWidth(0) * reader.getTileHeight(0);
    if (tile > MAX_PIXELS || !directory.isReadable()) {
      throw new IOException("its strips or tiles are too large or compressed as JPEG");
    }
  }

  private static BufferedImage decode(ImageReader reader, int subsampling) throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceSubsampling(subsampling, subsampling, 0, 0);
    // The JPEG decoder makes up the rest of a file that was cut, and only warns.
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0, param);
    for (String warning : warnings) {
      if (warning.contains("Premature end") || warning.contains("runcated")) {
        throw new IOException("the file is cut off");
      }
    }
    return image;
  }

  /** Averages blocks of pixels until no side is longer than it may be. */
  private static Picture reduce(BufferedImage image, int subsampling) {
    int factor = (Math.max(image.getWidth(), image.getHeight()) + MAX_SIDE - 1) / MAX_SIDE;
    // Rows and columns that fill no block are dropped, but a line of pixels stays one.
    int height = Math.max(1, image.getHeight() / factor);
    int width = Math.max(1, image.getWidth() / factor);
    int blockHeight = Math.min(factor, image.getHeight());
    int blockWidth = Math.min(factor, image.getWidth());
    PixelRows rows = new PixelRows(image);
    int[] row = new int[image.getWidth()];
    int[] argb = new int[height * width];
    if (factor == 1) {
      for (int y = 0; y < height; y++) {
        rows.read(y, row);
        for (int x = 0; x < width; x++) {
          // What nobody sees has no colour, as in a mean.
          argb[y * width + x] = row[x] >>> 24 == 0 ? 0 : row[x];
        }
      }
      return new Picture(height, width, argb, subsampling);
    }
    for (int y = 0; y < height; y++) {
      long[] sums = new long[4 * width];
      for (int i = 0; i < blockHeight; i++) {
        rows.read(y * factor + i, row);
        add(row, sums, blockWidth);
      }
      for (int x = 0; x < width; x++) {
        argb[y * width + x] = mean(sums, 4 * x, blockHeight * blockWidth);
      }
    }
    return new Picture(height, width, argb, subsampling * factor);
  }

  /** Adds the colours, weighted by alpha, to the sums of alpha, red, green, blue of each block. */
  private static void add(int[] row, long[] sums, int blockWidth) {
    for (int at = 0, x = 0; at < sums.length; at += 4) {
      for (int end = x + blockWidth; x < end; x++) {
        int pixel = row[x];
        int alpha = pixel >>> 24;
        sums[at] += alpha;
        sums[at + 1] += (long) alpha * (pixel >> 16 & 0xff);
        sums[at + 2] += (long) alpha * (pixel >> 8 & 0xff);
        sums[at + 3] += (long) alpha * (pixel & 0xff);
      }
    }
  }

  private static int mean(long[] sums, int at, int pixels) {
    long weight = Math.max(1, sums[at]);
    long mean = (sums[at] + pixels / 2) / pixels;
    for (int color = 1; color < 4; color++) {
      mean = mean << 8 | (sums[at + color] + weight / 2) / weight;
    }
    return (int) mean;
  }
}
