package io.mnist4j.data.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The directory at the end of a zip, by PKWARE's APPNOTE.TXT 6.3.10: stored and deflated entries,
 * with sizes of 32 or 64 bits.
 *
 * <p>{@link java.util.zip.ZipFile} wants a file on disk, and takes memory for as many entries as
 * the record at the end of a zip of 64 bits says, billions of them; {@link
 * java.util.zip.ZipInputStream} does without the directory, and so cannot tell where an entry ends
 * that was written to a pipe.
 */
final class ZipDirectory {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int END64_LOCATOR = 0x07064b50;
  private static final int END64_LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int ZIP64_EXTRA = 1;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int MAX_ENTRIES = 1_000;

  /** Of all headers in the directory together. */
  private static final int MAX_BYTES = 1 << 22;

  private final ZipBytes zip;

  /** The directory, from its first header to the end of the file. */
  private final ByteBuffer headers;

  private ZipDirectory(ZipBytes zip, ByteBuffer headers) {
    this.zip = zip;
    this.headers = headers;
  }

  /**
   * The entries in the order of the directory.
   *
   * @throws ZipException if it is no zip
   */
  static List<ZipMember> members(ZipBytes zip) throws IOException {
    long end = zip.length() - END_BYTES;
    ByteBuffer record = end < 0 ? null : zip.at(end, END_BYTES);
    if (record == null || record.getInt(0) != END || record.getShort(20) != 0) {
      throw new ZipException("it is cut off, or something follows the archive");
    }
    try {
      long count = Short.toUnsignedLong(record.getShort(10));
      long start = Integer.toUnsignedLong(record.getInt(16));
      long locator = end - END64_LOCATOR_BYTES;
      if (locator >= 0 && zip.at(locator, Integer.BYTES).getInt(0) == END64_LOCATOR) {
        long end64 = zip.at(locator, END64_LOCATOR_BYTES).getLong(8);
        ByteBuffer record64 = zip.at(end64, END64_BYTES);
        require(record64.getInt(0) == END64);
        count = record64.getLong(32);
        start = record64.getLong(48);
      }
      long bytes = end - start;
      require(start >= 0 && bytes >= 0);
      if (count < 0 || count > MAX_ENTRIES || bytes > MAX_BYTES) {
        throw new ZipException(
            "it has more than %,d entries, or a directory of more than %,d bytes"
                .formatted(MAX_ENTRIES, MAX_BYTES));
      }
      return new ZipDirectory(zip, zip.at(start, (int) bytes)).members((int) count);
    } catch (IndexOutOfBoundsException | EOFException e) {
      ZipException damaged = new ZipException("its directory is damaged");
      damaged.initCause(e);
      throw damaged;
    }
  }

  private List<ZipMember> members(int count) throws IOException {
    List<ZipMember> members = new ArrayList<>();
    int header = 0;
    for (int i = 0; i < count; i++) {
      require(headers.getInt(header) == CENTRAL);
      members.add(member(header));
      header +=
          CENTRAL_BYTES
              + unsignedShort(header + 28)
              + unsignedShort(header + 30)
              + unsignedShort(header + 32);
    }
    return members;
  }

  private ZipMember member(int header) throws IOException {
    byte[] name = new byte[unsignedShort(header + 28)];
    headers.get(header + CENTRAL_BYTES, name);
    // The 64-bit field has those of the three that do not fit into 32 bits, in this order.
    long[] sizes = {unsigned(header + 24), unsigned(header + 20), unsigned(header + 42)};
    int extra = zip64(header + CENTRAL_BYTES + name.length, unsignedShort(header + 30));
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0xffff_ffffL && extra >= 0) {
        sizes[i] = headers.getLong(extra);
        extra += Long.BYTES;
      }
    }
    int method = unsignedShort(header + 10);
    boolean encrypted = (unsignedShort(header + 8) & ENCRYPTED) != 0;
    if (encrypted || (method != STORED && method != DEFLATED)) {
      throw new ZipException("an entry is encrypted, or compressed by a rare method");
    }
    long compressed = sizes[1];
    ByteBuffer local = zip.at(sizes[2], LOCAL_BYTES);
    require(local.getInt(0) == LOCAL);
    long start =
        sizes[2]
            + LOCAL_BYTES
            + Short.toUnsignedInt(local.getShort(26))
            + Short.toUnsignedInt(local.getShort(28));
    require(compressed >= 0 && compressed <= zip.length() - start);
    return new ZipMember(
        new String(name, StandardCharsets.UTF_8),
        sizes[0],
        compressed,
        unsigned(header + 16),
        () -> open(start, compressed, method));
  }

  /** Where the content of the field of 64-bit numbers is, or -1. */
  private int zip64(int extra, int length) {
    for (int at = extra; at + 4 <= extra + length; at += 4 + unsignedShort(at + 2)) {
      if (unsignedShort(at) == ZIP64_EXTRA) {
        return at + 4;
      }
    }
    return -1;
  }

  private InputStream open(long start, long length, int method) {
    InputStream content = zip.stream(start, length);
    return method == STORED ? content : new Inflated(content);
  }

  /** Gives the memory of the inflater back when it is closed. */
  private static final class Inflated extends InflaterInputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    Inflated(InputStream compressed) {
      super(compressed, new Inflater(true), BUFFER_BYTES);
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }

  private long unsigned(int at) {
    return Integer.toUnsignedLong(headers.getInt(at));
  }

  private int unsignedShort(int at) {
    return Short.toUnsignedInt(headers.getShort(at));
  }

  private static void require(boolean sound) throws ZipException {
    if (!sound) {
      throw new ZipException("its directory is damaged");
    }
  }
}
