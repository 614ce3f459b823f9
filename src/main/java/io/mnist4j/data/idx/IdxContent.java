package io.mnist4j.data.idx;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

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

  /**
   * Images with rows and columns exchanged, and labels as they are; hashed as a file of this
   * content would be. Takes the array over: this object is of no use afterwards.
   */
  public IdxContent transposed() {
    if (dimensions.length < 3) {
      return this;
    }
    int height = dimensions[1];
    int width = dimensions[2];
    byte[] image = new byte[height * width];
    for (int start = 0; start < payload.length; start += image.length) {
      System.arraycopy(payload, start, image, 0, image.length);
      for (int i = 0; i < image.length; i++) {
        payload[start + i % width * height + i / width] = image[i];
      }
    }
    return hashedAnew(new int[] {dimensions[0], width, height});
  }

  /** Labels that are lower by so much, and images as they are; as {@link #transposed}. */
  public IdxContent lowered(int by) {
    if (by == 0 || dimensions.length > 1) {
      return this;
    }
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (payload[i] - by);
    }
    return hashedAnew(dimensions);
  }

  private IdxContent hashedAnew(int[] sizes) {
    MessageDigest sha = PipelinedDigest.newSha256();
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * sizes.length);
    header.putInt(0x800 | sizes.length);
    Arrays.stream(sizes).forEach(header::putInt);
    sha.update(header.flip());
    return new IdxContent(file, sizes, payload, HexFormat.of().formatHex(sha.digest(payload)));
  }

  /** The number of images or labels. */
  int count() {
    return dimensions[0];
  }
}
