package io.mnist4j.data.parquet;

/** The values of a page that are there, one after the other. */
@FunctionalInterface
interface PageValues {
  int PLAIN = 0;
  int PLAIN_DICTIONARY = 2;
  int RLE_DICTIONARY = 8;

  /** Gives the next value to a sink. */
  void next(ColumnSink sink) throws ParquetFormatException;

  /**
   * The values of a data page.
   *
   * @param encoding a number of Parquet's
   * @param in where the values begin
   * @param dictionary of the column; null if there is none
   */
  static PageValues of(int encoding, ByteCursor in, PhysicalType type, PageDictionary dictionary)
      throws ParquetFormatException {
    return switch (encoding) {
      case PLAIN -> plain(in, type);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> indexed(in, dictionary);
      default ->
          throw new ParquetFormatException(
              "a rare encoding, number %d; save it as pyarrow or pandas do by default"
                  .formatted(encoding));
    };
  }

  private static PageValues plain(ByteCursor in, PhysicalType type) {
    if (type == PhysicalType.BINARY) {
      return sink -> {
        long length = in.number(Integer.BYTES);
        sink.bytes(in.bytes, in.take(length), (int) length);
      };
    }
    return type == PhysicalType.INT32
        ? sink -> sink.number(in.int32())
        : sink -> sink.number(in.number(Long.BYTES));
  }

  private static PageValues indexed(ByteCursor in, PageDictionary dictionary)
      throws ParquetFormatException {
    if (dictionary == null) {
      throw new ParquetFormatException("a page that needs a dictionary, found none before it");
    }
    // A page in which every value is missing may end here.
    HybridRuns indices = new HybridRuns(in, in.remaining() == 0 ? 0 : in.unsignedByte());
    return sink -> dictionary.value(indices.next(), sink);
  }
}
