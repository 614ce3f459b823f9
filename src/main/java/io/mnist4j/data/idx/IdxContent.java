package io.mnist4j.data.idx;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.files.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** One IDX file in memory, its structure checked. The arrays are not copied. */
public final class IdxContent {
  /** Where it was read from. */
  public final FileEntry file;

  /** {@code [n, height, width]} of images, {@code [n]} of labels; each at least 1. */
  final int[] dimensions;

  /** The elements in the order of the dimensions, unsigned. */
  final byte[] payload;

  /**
   * Lower-case hex, of the whole uncompressed file if it has MNIST's form; of another form the hash
   * that its content would have in MNIST's.
   */
  public final String sha256;

  IdxContent(FileEntry file, int[] dimensions, byte[] payload, String sha256) {
    this.file = file;
    this.dimensions = dimensions;
    this.payload = payload;
    this.sha256 = sha256;
  }

  /** Content whose hash is to be computed. */
  static IdxContent hashed(FileEntry file, int[] dimensions, byte[] payload) {
    MessageDigest sha = Sha256.start();
    sha.update(header(dimensions));
    sha.update(payload);
    return new IdxContent(file, dimensions, payload, Sha256.hex(sha));
  }

  /** The first bytes of a file of unsigned bytes with these dimensions. */
  static byte[] header(int[] dimensions) {
    ByteBuffer header =
        ByteBuffer.allocate(IdxHeader.MAGIC_BYTES + Integer.BYTES * dimensions.length);
    header.putInt((IdxElement.UINT8.code << 8) | dimensions.length);
    Arrays.stream(dimensions).forEach(header::putInt);
    return header.array();
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
    return hashed(file, new int[] {dimensions[0], width, height}, payload);
  }

  /** Labels that are lower by so much, and images as they are; as {@link #transposed}. */
  public IdxContent lowered(int by) {
    if (by == 0 || dimensions.length > 1) {
      return this;
    }
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (payload[i] - by);
    }
    return hashed(file, dimensions, payload);
  }

  /** Images, whose array is not copied. */
  public Samples unlabelled() {
    return Samples.unlabelled(
        file.toString(), new ImageSize(dimensions[1], dimensions[2]), payload);
  }

  /** The number of images or labels. */
  public int count() {
    return dimensions[0];
  }
}
