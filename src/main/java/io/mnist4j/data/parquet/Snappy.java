package io.mnist4j.data.parquet;

/**
 * Decompresses Snappy's raw format (Google's {@code format_description.txt}). Commons Compress
 * reads it too, but has to be told how far back a writer refers, which no file says.
 */
final class Snappy {
  private static final int LITERAL = 0;
  private static final int COPY_1 = 1;
  private static final int COPY_2 = 2;

  /** Longer literals have their length in the bytes behind the tag, one to four. */
  private static final int SHORT_LITERAL = 60;

  private Snappy() {}

  /**
   * Fills an array.
   *
   * @throws ParquetFormatException if the content is damaged, or is not as long as the array
   */
  static void decompress(ByteCursor in, byte[] out) throws ParquetFormatException {
    long length = in.varint();
    if (length != out.length) {
      throw wrongLength(out.length, Long.toUnsignedString(length));
    }
    int at = 0;
    while (in.remaining() > 0) {
      int tag = in.unsignedByte();
      int high = tag >>> 2;
      if ((tag & 3) == LITERAL) {
        long count = 1 + (high < SHORT_LITERAL ? high : in.number(high - SHORT_LITERAL + 1));
        int from = in.take(count);
        if (count > out.length - at) {
          throw wrongLength(out.length, "more");
        }
        System.arraycopy(in.bytes, from, out, at, (int) count);
        at += (int) count;
      } else {
        boolean one = (tag & 3) == COPY_1;
        int count = one ? 4 + (high & 7) : 1 + high;
        long offset = offset(in, tag);
        if (offset == 0 || offset > at) {
          throw new ParquetFormatException(
              "corrupt Snappy data: a reference to %d bytes before byte %d".formatted(offset, at));
        }
        if (count > out.length - at) {
          throw wrongLength(out.length, "more");
        }
        copy(out, at, (int) offset, count);
        at += count;
      }
    }
    if (at < out.length) {
      throw wrongLength(out.length, "" + at);
    }
  }

  private static long offset(ByteCursor in, int tag) throws ParquetFormatException {
    return switch (tag & 3) {
      case COPY_1 -> ((tag >>> 5) << Byte.SIZE) | in.unsignedByte();
      case COPY_2 -> in.number(2);
      default -> in.number(4);
    };
  }

  /** What is copied may overlap its copy, which repeats it then. */
  static void copy(byte[] out, int at, int offset, int count) {
    if (offset >= count) {
      System.arraycopy(out, at - offset, out, at, count);
      return;
    }
    for (int i = at; i < at + count; i++) {
      out[i] = out[i - offset];
    }
  }

  private static ParquetFormatException wrongLength(int expected, String found) {
    return new ParquetFormatException(
        "corrupt Snappy data: expected %d bytes, found %s".formatted(expected, found));
  }
}
