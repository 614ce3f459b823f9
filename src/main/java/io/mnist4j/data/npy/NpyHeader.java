package io.mnist4j.data.npy;

import io.mnist4j.errors.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What an npy file says before its values, by the versions 1.0, 2.0 and 3.0 of
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
 *
 * @param descr the code of the type, such as {@code <f4}, or {@link #STRUCTURED}
 * @param fortranOrder whether the first index runs fastest, else the last
 * @param shape each at least 0
 * @param bytes that the header takes with all that is before it
 */
record NpyHeader(String descr, boolean fortranOrder, List<Long> shape, int bytes) {
  /** Stands for a type that consists of several. */
  static final String STRUCTURED = "structured";

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself reads no more than 10,000. */
  private static final int MAX_TEXT_BYTES = 1 << 16;

  private static final int MAX_SHAPE_TEXT = 60;
  private static final int MAX_TYPE_TEXT = 20;

  private static final int PICKLE = 0x80;

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Whether a file begins as an npy file does. */
  static boolean startsWithMagic(byte[] head) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads it.
   *
   * @param where what messages begin with
   * @throws DataException if there is none
   */
  static NpyHeader read(InputStream in, String where) throws IOException, DataException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (!startsWithMagic(start)) {
      throw new DataException("%s: expected %s".formatted(where, insteadOfMagic(start)));
    }
    int major = start.length < MAGIC.length + 2 ? 0 : start[MAGIC.length];
    if (major < 1 || major > 3 || start[MAGIC.length + 1] != 0) {
      throw new DataException(
          "%s: expected version 1.0, 2.0 or 3.0 of the npy format, found the bytes %s"
              .formatted(where, hex(Arrays.copyOfRange(start, MAGIC.length, start.length))));
    }
    byte[] lengthBytes = in.readNBytes(major == 1 ? Short.BYTES : Integer.BYTES);
    long length = 0;
    for (int i = lengthBytes.length - 1; i >= 0; i--) {
      length = length << 8 | Byte.toUnsignedLong(lengthBytes[i]);
    }
    if (length > MAX_TEXT_BYTES) {
      throw new DataException(
          "%s: expected a header of at most %,d bytes, found one that says to have %,d"
              .formatted(where, MAX_TEXT_BYTES, length));
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length < length || text.length == 0) {
      throw new DataException(
          "%s: cut off: expected a header of %d bytes, found %d"
              .formatted(where, length, text.length));
    }
    Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    try {
      return NpyHeaderParser.parse(
          new String(text, charset), start.length + lengthBytes.length + text.length);
    } catch (ParseException e) {
      throw new DataException(
          "%s: character %d of its header: %s"
              .formatted(where, e.getErrorOffset() + 1, e.getMessage()),
          e);
    }
  }

  private static String insteadOfMagic(byte[] start) {
    if (start.length > 0 && Byte.toUnsignedInt(start[0]) == PICKLE) {
      return "an npy file, found a Python pickle, which may run code and is not loaded; save the"
          + " arrays with np.savez";
    }
    return "an npy file (bytes %s), found %s"
        .formatted(hex(MAGIC), start.length == 0 ? "nothing" : "the bytes " + hex(start));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  /** The number of elements; {@link Long#MAX_VALUE} if that many cannot be counted. */
  long count() {
    long count = 1;
    for (long size : shape) {
      if (size == 0) {
        return 0;
      }
      count = count > Long.MAX_VALUE / size ? Long.MAX_VALUE : count * size;
    }
    return count;
  }

  /** Such as {@code [60000, 28, 28]}; cut off where it is absurdly long. */
  String shapeText() {
    String text = shape.toString();
    return text.length() <= MAX_SHAPE_TEXT ? text : text.substring(0, MAX_SHAPE_TEXT) + "...";
  }

  /** Shape and type, such as {@code [60000, 28, 28] uint8}. */
  @Override
  public String toString() {
    String type;
    try {
      type = NpyType.of(descr, "").toString();
    } catch (DataException e) {
      type = "'%s'".formatted(descr.substring(0, Math.min(MAX_TYPE_TEXT, descr.length())));
    }
    return shapeText() + " " + type;
  }
}
