package io.mnist4j.data.tabular;

import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.InflationLimit;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * The text of a file: inflated where it is gzip or bzip2 by its content, and without a byte order
 * mark. What it may inflate to is limited by what has been read of it.
 */
public final class TextContent implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SIGNATURE_BYTES = 4;

  private final String source;
  private final CountedInput raw;
  private InputStream text;
  private String packing = "";
  private long textBytes;

  private TextContent(String source, InputStream file) {
    this.source = source;
    this.raw = new CountedInput(file);
    this.text = raw;
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it cannot be read, is no gzip or bzip2 after all, or is UTF-16
   */
  public static TextContent open(FileEntry entry) throws DataException {
    TextContent content;
    try {
      content = new TextContent(entry.toString(), entry.open());
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(entry, FileProblem.reason(e)), e);
    }
    try {
      content.unpack();
      content.skipMark();
      return content;
    } catch (DataException e) {
      content.close();
      throw e;
    }
  }

  /**
   * The first bytes of a file's text, fewer if it has no more.
   *
   * @param length at most so many
   */
  public static byte[] head(FileEntry entry, int length) throws DataException {
    try (TextContent content = open(entry)) {
      byte[] head = new byte[length];
      int end = 0;
      for (int n = 0; n >= 0 && end < length; end += Math.max(0, n)) {
        n = content.read(head, end, length - end);
      }
      return Arrays.copyOf(head, end);
    }
  }

  /** How messages name the file. */
  String source() {
    return source;
  }

  /**
   * Reads some bytes, at least one.
   *
   * @return how many; -1 at the end
   */
  int read(byte[] into, int from, int length) throws DataException {
    int n = reading(() -> text.read(into, from, length));
    textBytes += Math.max(0, n);
    if (textBytes > mostBytes()) {
      throw new DataException(
          "%s: refused: expected at most %d times the length of the %s data, found %d bytes of text in %d bytes"
              .formatted(source, InflationLimit.MAX_RATIO, packing, textBytes, raw.count));
    }
    return n;
  }

  /**
   * Refuses more pixels than what has been read of the file can stand for: rows that leave out what
   * is 0 may be a few bytes long.
   *
   * @param pixels that memory shall be taken for
   */
  void checkPixels(long pixels) throws DataException {
    if (pixels > mostBytes()) {
      throw new DataException(
          "%s: refused: expected at most %d pixels for each byte, found %d pixels in %d bytes"
              .formatted(source, InflationLimit.MAX_RATIO, pixels, raw.count));
    }
  }

  private long mostBytes() {
    return InflationLimit.of(raw.count);
  }

  private void unpack() throws DataException {
    PushbackInputStream begun = new PushbackInputStream(raw, SIGNATURE_BYTES);
    byte[] start = peek(begun);
    text = begun;
    if (start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
      packing = "gzip";
      text = reading(() -> new GZIPInputStream(begun, BUFFER_BYTES));
    } else if (start.length >= 3 && start[0] == 'B' && start[1] == 'Z' && start[2] == 'h') {
      packing = "bzip2";
      text = reading(() -> new BZip2CompressorInputStream(begun, true));
    }
  }

  private void skipMark() throws DataException {
    PushbackInputStream begun = new PushbackInputStream(text, SIGNATURE_BYTES);
    byte[] start = peek(begun);
    text = begun;
    int first = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | (start[1] & 0xff);
    if (first == 0xfffe || first == 0xfeff) {
      throw new DataException(source + ": expected text in UTF-8, found UTF-16: save it as UTF-8");
    }
    if (start.length >= 3 && first == 0xefbb && start[2] == (byte) 0xbf) {
      reading(() -> begun.readNBytes(3));
    }
  }

  private byte[] peek(PushbackInputStream in) throws DataException {
    return reading(
        () -> {
          byte[] start = in.readNBytes(SIGNATURE_BYTES);
          in.unread(start);
          return start;
        });
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  private <T> T reading(Reading<T> step) throws DataException {
    try {
      return step.get();
    } catch (EOFException e) {
      throw truncated();
    } catch (ZipException e) {
      throw new DataException("%s: corrupt gzip: %s".formatted(source, e.getMessage()), e);
    } catch (IOException e) {
      if (packing.equals("bzip2")) {
        throw new DataException("%s: corrupt bzip2: %s".formatted(source, e.getMessage()), e);
      }
      throw new DataException("cannot read %s: %s".formatted(source, FileProblem.reason(e)), e);
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      // What Commons Compress does not foresee.
      throw new DataException("%s: corrupt %s data".formatted(source, packing), e);
    }
  }

  private DataException truncated() {
    return new DataException(
        "%s: truncated: expected whole %s data, found the end after %d bytes"
            .formatted(source, packing, raw.count));
  }

  @Override
  public void close() {
    try {
      text.close();
      raw.close();
    } catch (IOException e) {
      // All that was wanted has been read.
    }
  }

  /** Counts what is read. */
  private static final class CountedInput extends FilterInputStream {
    long count;

    CountedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int n = super.read(into, from, length);
      count += Math.max(0, n);
      return n;
    }

    /** The JDK's gzip looks here whether another piece follows; not all streams can say. */
    @Override
    public int available() {
      return 1;
    }
  }
}
