package io.mnist4j.data.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Reads Thrift's compact protocol (Apache Thrift, {@code thrift-compact-protocol.md}). What nobody
 * asks for is gone over and takes no memory.
 */
final class ThriftInput {
  /** Parquet's own structs are seven deep. */
  private static final int MAX_DEPTH = 32;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int UUID = 13;

  private final ByteCursor in;
  private int depth;

  ThriftInput(ByteCursor in) {
    this.in = in;
  }

  /** What becomes of the fields of a struct. */
  @FunctionalInterface
  interface FieldReader {
    /**
     * Reads a field, by one of the methods of this input.
     *
     * @param type to be given to that method
     * @return false if the field was not read
     */
    boolean read(int id, int type) throws ParquetFormatException;
  }

  /** What reads an element of a list. */
  @FunctionalInterface
  interface ElementReader {
    void read() throws ParquetFormatException;
  }

  void struct(FieldReader fields) throws ParquetFormatException {
    enter();
    int id = 0;
    for (int head = in.unsignedByte(); head != 0; head = in.unsignedByte()) {
      int delta = head >>> 4;
      id = delta == 0 ? (int) in.zigzag() : id + delta;
      int type = head & 0xf;
      if (!fields.read(id, type)) {
        skip(type);
      }
    }
    depth--;
  }

  /** A struct that is a field. */
  void struct(int type, FieldReader fields) throws ParquetFormatException {
    require(type == STRUCT, type);
    struct(fields);
  }

  /**
   * A list of structs.
   *
   * @param most elements that there may be
   */
  void structs(int type, int most, ElementReader element) throws ParquetFormatException {
    require(type == LIST, type);
    int head = in.unsignedByte();
    long count = count(head);
    if (count > most) {
      throw new ParquetFormatException(
          "expected a list of at most %d, found %d".formatted(most, count));
    }
    require(count == 0 || (head & 0xf) == STRUCT, head & 0xf);
    for (long i = 0; i < count; i++) {
      element.read();
    }
  }

  boolean bool(int type) throws ParquetFormatException {
    require(type == TRUE || type == FALSE, type);
    return type == TRUE;
  }

  /** An integer of up to 64 bits. */
  long integer(int type) throws ParquetFormatException {
    require(type >= I16 && type <= I64, type);
    return in.zigzag();
  }

  int int32(int type) throws ParquetFormatException {
    return (int) integer(type);
  }

  String text(int type) throws ParquetFormatException {
    require(type == BINARY, type);
    return text();
  }

  /** A text that is an element. */
  String text() throws ParquetFormatException {
    int length = length();
    return new String(in.bytes, in.take(length), length, StandardCharsets.UTF_8);
  }

  private int length() throws ParquetFormatException {
    long length = in.varint();
    if (length < 0 || length > in.remaining()) {
      throw new ParquetFormatException(
          "expected %s more bytes, found %d"
              .formatted(Long.toUnsignedString(length), in.remaining()));
    }
    return (int) length;
  }

  private long count(int head) throws ParquetFormatException {
    long count = head >>> 4 == 0xf ? in.varint() : head >>> 4;
    // Each element takes a byte at least.
    if (count < 0 || count > in.remaining()) {
      throw new ParquetFormatException("a list that is longer than what is left");
    }
    return count;
  }

  private void skip(int type) throws ParquetFormatException {
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> in.take(1);
      case I16, I16 + 1, I64 -> in.varint();
      case DOUBLE -> in.take(Double.BYTES);
      case UUID -> in.take(2 * Long.BYTES);
      case BINARY -> in.take(length());
      case LIST, SET -> skipList();
      case MAP -> skipMap();
      case STRUCT -> struct((id, fieldType) -> false);
      default -> require(false, type);
    }
  }

  private void skipList() throws ParquetFormatException {
    enter();
    int head = in.unsignedByte();
    for (long left = count(head); left > 0; left--) {
      skipElement(head & 0xf);
    }
    depth--;
  }

  private void skipMap() throws ParquetFormatException {
    enter();
    long count = in.varint();
    if (count != 0) {
      int types = in.unsignedByte();
      for (long left = count; left != 0; left--) {
        skipElement(types >>> 4);
        skipElement(types & 0xf);
      }
    }
    depth--;
  }

  /** In a list a truth value takes a byte; in a struct it is part of its type. */
  private void skipElement(int type) throws ParquetFormatException {
    skip(type == TRUE || type == FALSE ? BYTE : type);
  }

  private void enter() throws ParquetFormatException {
    if (++depth > MAX_DEPTH) {
      throw new ParquetFormatException("nested more than %d deep".formatted(MAX_DEPTH));
    }
  }

  private static void require(boolean expected, int type) throws ParquetFormatException {
    if (!expected) {
      throw new ParquetFormatException("a field or element of the wrong type, %d".formatted(type));
    }
  }
}
