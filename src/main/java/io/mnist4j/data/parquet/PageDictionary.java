package io.mnist4j.data.parquet;

/** The different values of a column, for pages that name them by their index. */
final class PageDictionary implements ColumnSink {
  private final long[] numbers;
  private final byte[] bytes;
  private final int[] starts;
  private final int[] lengths;
  private int count;

  private PageDictionary(boolean binary, int size, byte[] bytes) {
    this.bytes = bytes;
    numbers = new long[binary ? 0 : size];
    starts = new int[binary ? size : 0];
    lengths = new int[binary ? size : 0];
  }

  /**
   * Reads a page, which is always plain.
   *
   * @param size the number of values that it is said to have
   */
  static PageDictionary parse(ByteCursor in, PhysicalType type, int size)
      throws ParquetFormatException {
    boolean binary = type == PhysicalType.BINARY;
    // A value of bytes takes its length at least, and no number less.
    if ((long) size * Integer.BYTES > in.remaining()) {
      throw new ParquetFormatException(
          "expected a dictionary of %d values, found %d bytes".formatted(size, in.remaining()));
    }
    PageDictionary dictionary = new PageDictionary(binary, size, in.bytes);
    PageValues values = PageValues.of(PageValues.PLAIN, in, type, null);
    for (int i = 0; i < size; i++) {
      values.next(dictionary);
    }
    return dictionary;
  }

  /** Gives the value of an index to a sink. */
  void value(int index, ColumnSink sink) throws ParquetFormatException {
    if (index < 0 || index >= count) {
      throw new ParquetFormatException(
          "value %s of a dictionary of %d".formatted(Integer.toUnsignedString(index), count));
    }
    if (numbers.length > 0) {
      sink.number(numbers[index]);
    } else {
      sink.bytes(bytes, starts[index], lengths[index]);
    }
  }

  @Override
  public void number(long value) {
    numbers[count++] = value;
  }

  @Override
  public void bytes(byte[] block, int from, int length) {
    starts[count] = from;
    lengths[count++] = length;
  }

  @Override
  public void missing() {
    throw new IllegalStateException("a dictionary has values only");
  }
}
