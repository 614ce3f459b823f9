package io.mnist4j.data.parquet;

/** How values are stored. */
enum PhysicalType {
  BOOLEAN,
  INT32,
  INT64,
  INT96,
  FLOAT,
  DOUBLE,
  BINARY,
  FIXED_BINARY;

  /** The type of a number of Parquet's. */
  static PhysicalType of(int number) throws ParquetFormatException {
    return switch (number) {
      case 0 -> BOOLEAN;
      case 1 -> INT32;
      case 2 -> INT64;
      case 3 -> INT96;
      case 4 -> FLOAT;
      case 5 -> DOUBLE;
      case 6 -> BINARY;
      case 7 -> FIXED_BINARY;
      default -> throw new ParquetFormatException("a column of unknown type %d".formatted(number));
    };
  }
}
