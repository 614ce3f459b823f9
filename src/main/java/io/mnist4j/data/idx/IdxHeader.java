package io.mnist4j.data.idx;

import java.nio.ByteBuffer;

/**
 * What the magic number of an IDX file says.
 *
 * @param dimensions their number, 1 to 255
 */
record IdxHeader(IdxElement element, int dimensions) {
  static final int MAGIC_BYTES = 4;

  /** Of the first bytes of a file, at least 4; null if they begin no IDX file. */
  static IdxHeader of(byte[] start) {
    int dimensions = Byte.toUnsignedInt(start[3]);
    if (start[0] != 0 || start[1] != 0 || dimensions == 0) {
      return null;
    }
    return IdxElement.of(start[2]).map(element -> new IdxHeader(element, dimensions)).orElse(null);
  }

  static String magic(byte[] start) {
    return "0x%08x".formatted(ByteBuffer.wrap(start).getInt());
  }

  /** Bytes between the magic number and the first element: one 32-bit size a dimension. */
  int sizeBytes() {
    return Integer.BYTES * dimensions;
  }
}
