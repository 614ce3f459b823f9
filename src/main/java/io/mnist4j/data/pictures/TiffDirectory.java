package io.mnist4j.data.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The first directory of a TIFF file, or of an Exif block, which has the same form (TIFF 6.0,
 * section 2): entries of a tag (16 bits), a type (16), a count (32), and the values or their place
 * (32).
 */
final class TiffDirectory {
  private static final int ENTRY = 12;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COMPRESSION = 259;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_BYTES = 325;

  private final ByteBuffer file;
  private final int first;
  private final int entries;

  private TiffDirectory(ByteBuffer file) {
    this.file = file;
    first = file.getInt(4) + 2;
    entries = Short.toUnsignedInt(file.getShort(first - 2));
  }

  /**
   * @throws IndexOutOfBoundsException if the file is cut off; the methods throw it as well
   */
  static TiffDirectory of(ByteBuffer file) {
    return new TiffDirectory(
        file.order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
  }

  /** The values of 16 or 32 bits of all entries of a tag. */
  LongStream values(int tag) {
    return IntStream.range(0, entries)
        .map(i -> first + ENTRY * i)
        .filter(at -> Short.toUnsignedInt(file.getShort(at)) == tag)
        .mapToObj(this::valuesAt)
        .flatMapToLong(values -> values);
  }

  private LongStream valuesAt(int at) {
    int size = file.getShort(at + 2) == 3 ? Short.BYTES : Integer.BYTES;
    int count = file.getInt(at + 4);
    int place = (long) count * size <= Integer.BYTES ? at + 8 : file.getInt(at + 8);
    return IntStream.range(0, count)
        .map(i -> place + i * size)
        .mapToLong(
            i ->
                size == Short.BYTES
                    ? Short.toUnsignedInt(file.getShort(i))
                    : Integer.toUnsignedLong(file.getInt(i)));
  }

  /**
   * Whether the sizes are possible, and the pixels are no JPEG: the JDK's reader takes memory for
   * what a directory claims, and a JPEG within has limits of its own.
   */
  boolean isReadable() {
    return values(STRIP_BYTES).allMatch(bytes -> bytes <= file.capacity())
        && values(TILE_BYTES).allMatch(bytes -> bytes <= file.capacity())
        && values(SAMPLES_PER_PIXEL).allMatch(samples -> samples <= 5)
        && values(BITS_PER_SAMPLE).allMatch(bits -> bits <= 16)
        && values(COMPRESSION).allMatch(compression -> compression != 6 && compression != 7);
  }
}
