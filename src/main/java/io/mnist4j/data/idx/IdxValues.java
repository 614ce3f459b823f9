package io.mnist4j.data.idx;

import io.mnist4j.errors.DataException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Takes the elements of a file that are no pixels or labels as they are, and makes bytes of them.
 */
interface IdxValues {
  /**
   * Takes the next elements.
   *
   * @throws DataException if one is none of what was expected; the message does not name the file
   */
  void take(ByteBuffer elements, int count) throws DataException;

  /**
   * One byte an image's pixel, or a label; to be asked at the end.
   *
   * @throws DataException if all values together make no sense
   */
  byte[] bytes() throws DataException;

  /** A whole number as one, any other as it is. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }
}
