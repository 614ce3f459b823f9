package io.mnist4j.data.idx;

import java.nio.file.Path;

/** One IDX file in memory, its structure checked. The arrays are not copied. */
public final class IdxContent {
  /** Where it was read from. */
  public final Path file;

  /** {@code [n, height, width]} of images, {@code [n]} of labels; each at least 1. */
  final int[] dimensions;

  /** The elements in the order of the dimensions, unsigned. */
  final byte[] payload;

  /** Of the whole uncompressed file, lower-case hex. */
  public final String sha256;

  IdxContent(Path file, int[] dimensions, byte[] payload, String sha256) {
    this.file = file;
    this.dimensions = dimensions;
    this.payload = payload;
    this.sha256 = sha256;
  }

  /** The number of images or labels. */
  int count() {
    return dimensions[0];
  }
}
