package io.mnist4j.data.npy;

import java.nio.charset.StandardCharsets;

/**
 * Writes what an npy file of version 1.0 says before its values: a magic, the length of what
 * follows, and a Python dictionary.
 */
public final class NpyHeaderWriter {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** NumPy lets the values begin at a multiple of this. */
  private static final int ALIGNMENT = 64;

  private NpyHeaderWriter() {}

  /**
   * The header of an array in C order.
   *
   * @param descr the code of its type, such as {@code <f4}
   * @param shape in Python, without brackets: {@code 10, 28, 28}, or {@code 10,} for one dimension
   */
  public static byte[] bytes(String descr, String shape) {
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(descr, shape);
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
