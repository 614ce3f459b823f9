package io.mnist4j.data.npy;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** NumPy lets the values begin at a multiple of this. */
  private static final int ALIGNMENT = 64;

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
    zip.write(header(shape));
    zip.write(values);
    zip.closeEntry();
  }

  private static byte[] header(String shape) {
    String text = "{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
    int before = MAGIC.length + Short.BYTES;
    int unpadded = before + text.length() + 1;
    int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
    int length = text.length() + padding + 1;
    byte[] header = new byte[before + length];
    System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
    header[MAGIC.length] = (byte) length;
    header[MAGIC.length + 1] = (byte) (length >> 8);
    byte[] padded = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(padded, 0, header, before, length);
    return header;
  }
}
