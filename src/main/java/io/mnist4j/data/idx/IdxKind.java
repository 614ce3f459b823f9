package io.mnist4j.data.idx;

import java.nio.ByteBuffer;

/**
 * The two kinds of IDX file that an image data set has. The magic number is two zero bytes, the
 * element type (0x08: unsigned byte) and the number of dimensions
 * (http://yann.lecun.com/exdb/mnist/).
 */
public enum IdxKind {
  /** {@code [n, height, width]}. */
  IMAGES(0x00000803, "images"),
  /** {@code [n]}. */
  LABELS(0x00000801, "labels");

  final int magic;
  final String noun;

  IdxKind(int magic, String noun) {
    this.magic = magic;
    this.noun = noun;
  }

  /** The number of dimensions. */
  int dimensions() {
    return magic & 0xff;
  }

  /** Bytes before the first element: the magic number and one 32-bit size a dimension. */
  int headerBytes() {
    return 4 + 4 * dimensions();
  }

  /** Why these first bytes of a file do not begin one of this kind; null if they do. */
  String complaint(byte[] start) {
    if (start.length < 4) {
      return "too short: expected an IDX file of %s, found %d bytes".formatted(noun, start.length);
    }
    if (start[0] == '<') {
      return "expected an IDX file of %s, found an HTML page, perhaps of a failed download"
          .formatted(noun);
    }
    int found = ByteBuffer.wrap(start).getInt();
    for (IdxKind other : values()) {
      if (found == other.magic && other != this) {
        return "expected %s (magic number 0x%08x), found %s (0x%08x): are two files swapped?"
            .formatted(noun, magic, other.noun, other.magic);
      }
    }
    if (found != magic) {
      return "not an IDX file of %s: expected magic number 0x%08x, found 0x%08x"
          .formatted(noun, magic, found);
    }
    return null;
  }
}
