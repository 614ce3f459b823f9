package io.mnist4j.data.groups;

import io.mnist4j.errors.DataException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads QMNIST's tables of labels: IDX of 32-bit whole numbers, {@code [n, 8]}. Yadav and Bottou,
 * "Cold Case: The Lost MNIST Digits" (2019), and the read-me of their data set name the columns:
 * the class, NIST's series of forms (hsf 0 to 3 were filled in by employees of the Census Bureau,
 * hsf 4 by students), the writer, and five more that are of no use here.
 */
final class LabelTableReader {
  private static final int MAGIC = 0x00000c02;
  private static final int HEADER_BYTES = 3 * Integer.BYTES;
  private static final int COLUMNS = 8;
  private static final List<String> NAMES = List.of(GroupTable.LABEL, "hsf", GroupTable.WRITER);

  private LabelTableReader() {}

  /** Whether the content begins as IDX of whole numbers in two dimensions does. */
  static boolean isOne(byte[] content) {
    return content.length >= HEADER_BYTES && ByteBuffer.wrap(content).getInt() == MAGIC;
  }

  /**
   * @throws DataException if it has another number of columns, or another length than it says
   */
  static GroupRows read(Path file, byte[] content) throws DataException {
    ByteBuffer numbers = ByteBuffer.wrap(content);
    numbers.getInt();
    long count = Integer.toUnsignedLong(numbers.getInt());
    int columns = numbers.getInt();
    if (columns != COLUMNS) {
      throw new DataException(
          "%s: expected a table of %d columns, as QMNIST's labels have, found %s"
              .formatted(file, COLUMNS, Integer.toUnsignedString(columns)));
    }
    long expected = HEADER_BYTES + count * COLUMNS * Integer.BYTES;
    if (expected != content.length) {
      throw new DataException(
          "%s: wrong length: expected %d bytes as its header says, found %d"
              .formatted(file, expected, content.length));
    }
    int rows = (int) count;
    Map<String, String[]> values = new HashMap<>();
    NAMES.forEach(name -> values.put(name, new String[rows]));
    Map<Integer, String> words = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        int number = numbers.getInt();
        if (column < NAMES.size()) {
          values.get(NAMES.get(column))[row] = words.computeIfAbsent(number, String::valueOf);
        }
      }
    }
    return new GroupRows(IntStream.range(0, rows).toArray(), List.of(), NAMES, values, 0, true);
  }
}
