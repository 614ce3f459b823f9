package io.mnist4j.data.npy;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an npz as Keras has MNIST: {@code x_train}, {@code y_train}, {@code x_test}, {@code
 * y_test}, and {@code x_val}, {@code y_val} where there is a validation part. The same images give
 * the same bytes.
 */
public final class NpzWriter {
  /** Any one would do; of the first day of 1980 the JDK thinks that it stands for earlier ones. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

  private NpzWriter() {}

  /**
   * Writes all parts.
   *
   * @param out is closed at the end
   * @param parts images become {@code uint8 [n, h, w]}, labels {@code uint8 [n]}
   */
  public static void write(OutputStream out, Map<Part, ImageSet> parts) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Part part : Part.values()) {
        ImageSet set = parts.get(part);
        if (set == null) {
          continue;
        }
        String name = part == Part.VALIDATION ? "val" : part.toString();
        String shape = "%d, %d, %d".formatted(set.size(), set.height(), set.width());
        write(zip, "x_" + name, shape, set.pixels());
        write(zip, "y_" + name, set.size() + ",", set.labels());
      }
    }
  }

  private static void write(ZipOutputStream zip, String name, String shape, byte[] values)
      throws IOException {
    ZipEntry entry = new ZipEntry(name + NpyArray.SUFFIX);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(NpyHeaderWriter.bytes("|u1", shape));
    zip.write(values);
    zip.closeEntry();
  }
}
