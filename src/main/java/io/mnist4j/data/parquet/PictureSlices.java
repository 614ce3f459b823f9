package io.mnist4j.data.parquet;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** Pictures where they lie in the pages that were read: each is copied when it is asked for. */
final class PictureSlices extends AbstractList<byte[]> implements ColumnSink, RandomAccess {
  private final ParquetColumn column;
  private final byte[][] blocks;
  private final int[] starts;
  private final int[] lengths;
  private int count;

  PictureSlices(ParquetColumn column, int rows) {
    this.column = column;
    blocks = new byte[rows][];
    starts = new int[rows];
    lengths = new int[rows];
  }

  @Override
  public void bytes(byte[] block, int from, int length) {
    blocks[count] = block;
    starts[count] = from;
    lengths[count++] = length;
  }

  @Override
  public void missing() throws ParquetFormatException {
    String hint =
        column.path().size() > 1
            ? "; pictures that lie in files of their own have to be saved with it"
            : "";
    throw new ParquetFormatException(
        "row %d, counted from 0, has no picture%s".formatted(count, hint));
  }

  @Override
  public void number(long value) {
    throw new IllegalStateException("a column of bytes holds no numbers");
  }

  @Override
  public byte[] get(int index) {
    byte[] block = blocks[index];
    return Arrays.copyOfRange(block, starts[index], starts[index] + lengths[index]);
  }

  @Override
  public int size() {
    return count;
  }
}
