package io.mnist4j.data.parquet;

/** A place in some bytes, whose numbers are little-endian. */
final class ByteCursor {
  private static final int MAX_VARINT_BITS = 64;

  final byte[] bytes;

  /** Where the next byte is read. */
  private int at;

  private final int end;

  /**
   * @param from index of the first byte
   * @param end index after the last byte
   */
  ByteCursor(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  int at() {
    return at;
  }

  int end() {
    return end;
  }

  int remaining() {
    return end - at;
  }

  /**
   * Goes over some bytes.
   *
   * @return the index of the first of them
   * @throws ParquetFormatException if there are not so many
   */
  int take(long count) throws ParquetFormatException {
    if (count < 0 || count > remaining()) {
      throw new ParquetFormatException(
          "expected %d more bytes, found %d".formatted(count, remaining()));
    }
    int from = at;
    at += (int) count;
    return from;
  }

  /** The next bytes by themselves. */
  ByteCursor part(long count) throws ParquetFormatException {
    int from = take(count);
    return new ByteCursor(bytes, from, at);
  }

  /** A byte, 0 to 255. */
  int unsignedByte() throws ParquetFormatException {
    return bytes[take(1)] & 0xff;
  }

  /** An unsigned number of up to 7 bytes, or a signed one of 8. */
  long number(int count) throws ParquetFormatException {
    int from = take(count);
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (bytes[from + i] & 0xff);
    }
    return value;
  }

  /** A signed number of 4 bytes. */
  int int32() throws ParquetFormatException {
    return (int) number(Integer.BYTES);
  }

  /** A number of seven bits a byte (LEB128), the lowest first. */
  long varint() throws ParquetFormatException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      int next = unsignedByte();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new ParquetFormatException("a number of more than 64 bits");
  }

  /** A varint in zigzag order: 0, -1, 1, -2 ... */
  long zigzag() throws ParquetFormatException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }
}
