package io.mnist4j.data.parquet;

/**
 * Numbers of a fixed width in bits, in runs of the same number or packed in groups of eight
 * (Parquet's {@code Encodings.md}, "Run Length Encoding / Bit-Packing Hybrid").
 */
final class HybridRuns {
  private static final int GROUP = 8;

  private final ByteCursor in;
  private final int width;

  /** How many numbers of the current run are left. */
  private long left;

  /** Bits of packed numbers from here on; null in a run of the same number. */
  private ByteCursor packed;

  private long buffer;
  private int buffered;
  private int repeated;

  /**
   * @param width of a number, 0 to 32 bits
   */
  HybridRuns(ByteCursor in, int width) throws ParquetFormatException {
    if (width > Integer.SIZE) {
      throw new ParquetFormatException("numbers of %d bits".formatted(width));
    }
    this.in = in;
    this.width = width;
  }

  /** The next number, unsigned. */
  int next() throws ParquetFormatException {
    while (left == 0) {
      startRun();
    }
    left--;
    return packed == null ? repeated : nextPacked();
  }

  private void startRun() throws ParquetFormatException {
    long header = in.varint();
    long count = header >>> 1;
    if (count > Integer.MAX_VALUE) {
      throw new ParquetFormatException("a run of absurd length");
    }
    if ((header & 1) == 0) {
      packed = null;
      left = count;
      repeated = (int) in.number((width + Byte.SIZE - 1) / Byte.SIZE);
    } else {
      left = count * GROUP;
      // Some writers leave out the end of the last group.
      packed = in.part(Math.min(count * width, in.remaining()));
      buffer = 0;
      buffered = 0;
    }
  }

  private int nextPacked() throws ParquetFormatException {
    while (buffered < width) {
      buffer |= (long) packed.unsignedByte() << buffered;
      buffered += Byte.SIZE;
    }
    int value = (int) (buffer & ((1L << width) - 1));
    buffer >>>= width;
    buffered -= width;
    return value;
  }
}
