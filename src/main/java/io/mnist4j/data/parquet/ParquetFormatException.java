package io.mnist4j.data.parquet;

import java.io.IOException;

/** What is wrong with the content of a Parquet file, without the file's name. */
final class ParquetFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  ParquetFormatException(String message) {
    super(message);
  }
}
