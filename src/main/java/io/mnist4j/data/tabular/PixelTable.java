package io.mnist4j.data.tabular;

import io.mnist4j.errors.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pixels of images, row by row, whose number is known at the end only. Values are bytes from 0 to
 * 255, or, as long as none is above 1, fractions of 255: a table in which all are from 0 to 1 holds
 * fractions, also if it has but 0 and 1. Where the range says so, they are from -1 to 1 instead.
 */
final class PixelTable {
  /** What a message says of a value that cannot be put. */
  static final String EXPECTED = "a pixel from 0 to 255";

  private static final int CHUNK_BYTES = 1 << 20;
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  /** Where the row begins in its chunk. */
  int offset;

  /** Where the row lies; bytes that were not put stand for 0. */
  byte[] chunk = {};

  private final TextContent text;
  private final PixelRange range;
  private final int width;
  private final int rowsPerChunk;
  private final List<byte[]> chunks = new ArrayList<>();
  private int rows;
  private boolean fractions = true;

  /**
   * @param text that is read, which limits the number of pixels
   * @param width bytes of a row
   */
  PixelTable(TextContent text, PixelRange range, int width) {
    this.text = text;
    this.range = range;
    this.width = width;
    this.rowsPerChunk = Math.max(1, CHUNK_BYTES / width);
  }

  int rows() {
    return rows;
  }

  int width() {
    return width;
  }

  /** Begins a row behind those that have been ended. */
  void beginRow() throws DataException {
    int inChunk = rows % rowsPerChunk;
    if (inChunk == 0 && rows / rowsPerChunk == chunks.size()) {
      long bytes = ((long) rows + rowsPerChunk) * width;
      text.checkPixels(bytes);
      if (bytes > MAX_ARRAY) {
        throw new DataException(
            "%s: expected at most %d pixels, found more".formatted(text.source(), MAX_ARRAY));
      }
      chunks.add(new byte[rowsPerChunk * width]);
    }
    chunk = chunks.get(rows / rowsPerChunk);
    offset = inChunk * width;
    if (range.isSigned()) {
      Arrays.fill(chunk, offset, offset + width, signed(0));
    }
  }

  /** Counts the row. */
  void endRow() {
    rows++;
  }

  /** What a whole number is multiplied by to be stored: 255 as long as all values are fractions. */
  int factor() {
    return fractions ? 255 : 1;
  }

  /** The largest whole number that may be stored so; -1 if none may. */
  int mostWhole() {
    return range.isSigned() ? -1 : 255 / factor();
  }

  private static byte signed(double value) {
    return (byte) (int) ((value + 1) * 127.5 + 0.5);
  }

  /**
   * Puts a value into the row.
   *
   * @return false if it is not from 0 to 255, or from -1 to 1 where that is the range
   */
  boolean put(int pixel, double value) {
    if (fractions && value >= -1 && value <= 1) {
      range.note(value);
    }
    if (range.isSigned()) {
      chunk[offset + pixel] = signed(value);
      return value >= -1 && value <= 1;
    }
    if (!(value >= 0 && value <= 255)) {
      return false;
    }
    if (fractions && value > 1) {
      leaveFractions();
    }
    chunk[offset + pixel] = (byte) (int) (fractions ? value * 255 + 0.5 : value + 0.5);
    return true;
  }

  /** Rounds to 0 or 1 what was taken for a fraction: 128 and more stand for a half and more. */
  private void leaveFractions() {
    fractions = false;
    for (byte[] each : chunks) {
      for (int i = 0; i < each.length; i++) {
        each[i] = (byte) (each[i] < 0 ? 1 : 0);
      }
    }
  }

  /** The same rows with room for more pixels; a row that was begun is lost. */
  PixelTable widened(int newWidth) throws DataException {
    PixelTable wider = new PixelTable(text, range, newWidth);
    for (int row = 0; row < rows; row++) {
      wider.beginRow();
      System.arraycopy(
          chunks.get(row / rowsPerChunk),
          row % rowsPerChunk * width,
          wider.chunk,
          wider.offset,
          width);
      wider.endRow();
    }
    wider.fractions = fractions;
    return wider;
  }

  /** The pixel of a row that has been ended, as it is now. */
  byte pixel(int row, int pixel) {
    return chunks.get(row / rowsPerChunk)[row % rowsPerChunk * width + pixel];
  }

  /**
   * All rows in one array. This table is empty afterwards.
   *
   * @param first pixel of each row that is taken
   * @param count pixels of each row; where a row has fewer, 0 stands for them
   */
  byte[] toArray(int first, int count) throws DataException {
    long bytes = (long) rows * count;
    text.checkPixels(bytes);
    if (bytes > MAX_ARRAY) {
      throw new DataException(
          "%s: expected at most %d pixels, found %d".formatted(text.source(), MAX_ARRAY, bytes));
    }
    byte[] all = new byte[(int) bytes];
    int taken = Math.min(count, width - first);
    for (int row = 0; row < rows; row++) {
      int from = row % rowsPerChunk * width + first;
      System.arraycopy(chunks.get(row / rowsPerChunk), from, all, row * count, taken);
    }
    chunks.clear();
    return all;
  }
}
