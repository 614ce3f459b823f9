package io.mnist4j.data.parquet;

/** Takes the values of a column, one a row. */
interface ColumnSink {
  void number(long value) throws ParquetFormatException;

  /** Bytes that do not change later. */
  void bytes(byte[] block, int from, int length) throws ParquetFormatException;

  /** A row without a value. */
  void missing() throws ParquetFormatException;
}
