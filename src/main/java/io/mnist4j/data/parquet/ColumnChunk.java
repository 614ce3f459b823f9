package io.mnist4j.data.parquet;

/**
 * Where the values of a column lie that belong to a group of rows.
 *
 * @param codec by which its pages are compressed, a number of Parquet's
 * @param start the place of its first page in the file, in bytes
 * @param length of all its pages, in bytes
 */
record ColumnChunk(int codec, long start, long length) {

  /** Reads a chunk; its fields are those of {@code ColumnMetaData}. */
  static ColumnChunk parse(ThriftInput in) throws ParquetFormatException {
    // Codec, length, place of the data, place of the dictionary.
    long[] values = {-1, -1, -1, 0};
    in.struct(
        (id, type) -> {
          switch (id) {
            case 1 ->
                throw new ParquetFormatException(
                    "its columns lie in other files: " + in.text(type).strip());
            case 3 -> in.struct(type, (field, fieldType) -> read(in, field, fieldType, values));
            case 8, 9 -> throw ParquetFooter.encrypted();
            default -> {
              return false;
            }
          }
          return true;
        });
    long data = values[2];
    long dictionary = values[3];
    if (values[0] < 0 || values[1] < 0 || data < 0) {
      throw new ParquetFormatException("a column without codec, length or place");
    }
    // Some writers put 0 where there is no dictionary.
    long start = dictionary > 0 && dictionary < data ? dictionary : data;
    return new ColumnChunk((int) values[0], start, values[1]);
  }

  private static boolean read(ThriftInput in, int id, int type, long[] values)
      throws ParquetFormatException {
    int index =
        switch (id) {
          case 4 -> 0;
          case 7 -> 1;
          case 9 -> 2;
          case 11 -> 3;
          default -> -1;
        };
    if (index >= 0) {
      values[index] = in.integer(type);
    }
    return index >= 0;
  }
}
