package io.mnist4j.data.parquet;

import java.util.OptionalInt;

/** What stands before each page. Lengths are in bytes. */
final class PageHeader {
  static final int DATA = 0;
  static final int DICTIONARY = 2;
  static final int DATA_V2 = 3;

  /** The kind of page: one of those above, or one that is gone over. */
  int kind = -1;

  /** The length of what the page holds; its own is {@link #compressedLength}. */
  int length = -1;

  int compressedLength = -1;
  OptionalInt crc = OptionalInt.empty();

  /** How many values there are, missing ones among them. */
  int values;

  /** How values are written: a number of Parquet's. */
  int encoding = -1;

  /** How levels are written in the first version of data pages. */
  int levelEncoding = -1;

  /** How long levels are in the second version, which does not compress them. */
  int definitionLength;

  int repetitionLength;
  boolean compressed = true;

  private PageHeader() {}

  static PageHeader parse(ByteCursor cursor) throws ParquetFormatException {
    ThriftInput in = new ThriftInput(cursor);
    PageHeader header = new PageHeader();
    in.struct((id, type) -> header.read(in, id, type));
    if (header.length < 0
        || header.compressedLength < 0
        || header.values < 0
        || header.definitionLength < 0
        || header.repetitionLength < 0) {
      throw new ParquetFormatException("a page without length, or with one below 0");
    }
    return header;
  }

  private boolean read(ThriftInput in, int id, int type) throws ParquetFormatException {
    switch (id) {
      case 1 -> kind = in.int32(type);
      case 2 -> length = in.int32(type);
      case 3 -> compressedLength = in.int32(type);
      case 4 -> crc = OptionalInt.of(in.int32(type));
      case 5 -> in.struct(type, (field, fieldType) -> readData(in, field, fieldType));
      // Its fields are the first ones of a data page.
      case 7 -> in.struct(type, (field, fieldType) -> field < 3 && readData(in, field, fieldType));
      case 8 -> in.struct(type, (field, fieldType) -> readDataV2(in, field, fieldType));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readData(ThriftInput in, int id, int type) throws ParquetFormatException {
    switch (id) {
      case 1 -> values = in.int32(type);
      case 2 -> encoding = in.int32(type);
      case 3 -> levelEncoding = in.int32(type);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readDataV2(ThriftInput in, int id, int type) throws ParquetFormatException {
    switch (id) {
      case 1 -> values = in.int32(type);
      case 4 -> encoding = in.int32(type);
      case 5 -> definitionLength = in.int32(type);
      case 6 -> repetitionLength = in.int32(type);
      case 7 -> compressed = in.bool(type);
      default -> {
        return false;
      }
    }
    return true;
  }
}
