package io.mnist4j.data.idx;

/**
 * The two kinds of IDX file that an image data set has. The magic number is two zero bytes, the
 * element type (0x08: unsigned byte) and the number of dimensions
 * (http://yann.lecun.com/exdb/mnist/).
 */
public enum IdxKind {
  /**
   * {@code [n, height, width]}, with a channel {@code [n, height, width, 1]} or {@code [n, 1,
   * height, width]}, or {@code [n, height * width]} of squares.
   */
  IMAGES(0x00000803, "images", 2, 4),
  /** {@code [n]}, or {@code [n, k]} whose first column is the class, as QMNIST's. */
  LABELS(0x00000801, "labels", 1, 2);

  /** Of MNIST's own files of this kind. */
  final int magic;

  final String noun;
  private final int fewestDimensions;
  private final int mostDimensions;

  IdxKind(int magic, String noun, int fewestDimensions, int mostDimensions) {
    this.magic = magic;
    this.noun = noun;
    this.fewestDimensions = fewestDimensions;
    this.mostDimensions = mostDimensions;
  }

  private boolean mayHave(int dimensions) {
    return dimensions >= fewestDimensions && dimensions <= mostDimensions;
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
    IdxHeader found = IdxHeader.of(start);
    if (found == null) {
      return "not an IDX file of %s: expected magic number 0x%08x, found %s"
          .formatted(noun, magic, IdxHeader.magic(start));
    }
    for (IdxKind other : values()) {
      if (!mayHave(found.dimensions()) && other.mayHave(found.dimensions())) {
        return "expected %s (magic number 0x%08x), found %s (%s): are two files swapped?"
            .formatted(noun, magic, other.noun, IdxHeader.magic(start));
      }
    }
    return mayHave(found.dimensions())
        ? null
        : "expected %d to %d dimensions of %s, found %d"
            .formatted(fewestDimensions, mostDimensions, noun, found.dimensions());
  }
}
