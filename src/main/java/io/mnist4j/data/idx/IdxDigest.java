package io.mnist4j.data.idx;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import java.nio.file.Path;

/**
 * The SHA-256 that images and labels would have as IDX files of unsigned bytes: the same for a data
 * set whatever form it was read from.
 */
public final class IdxDigest {
  private static final FileEntry NO_FILE = new DiskFile(Path.of(""), "", 0);

  private IdxDigest() {}

  /** Of a file of {@code [n, height, width]}, lower-case hex. */
  public static String images(ImageSet images) {
    int[] dimensions = {images.size(), images.height(), images.width()};
    return IdxContent.hashed(NO_FILE, dimensions, images.pixels()).sha256;
  }

  /** Of a file of {@code [n]}, lower-case hex. */
  public static String labels(ImageSet images) {
    return IdxContent.hashed(NO_FILE, new int[] {images.size()}, images.labels()).sha256;
  }
}
