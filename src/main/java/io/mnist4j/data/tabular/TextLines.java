package io.mnist4j.data.tabular;

import io.mnist4j.errors.DataException;
import io.mnist4j.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a text, where they lie in the block that was read. Lines end with a line feed, with
 * or without a carriage return before it, or, where the first block has no line feed, with a
 * carriage return.
 */
final class TextLines {
  /** More than a row of the most columns takes, each with all digits that a number can have. */
  static final int MAX_LINE_BYTES = 1 << 20;

  private static final int BLOCK_BYTES = 1 << 19;
  private static final int MAX_SHOWN = 40;

  /** What is shown of a text that may be longer, in bytes: no character takes more than 4. */
  private static final int MAX_SHOWN_BYTES = 4 * MAX_SHOWN + 4;

  /** The block; behind it there is a line feed always. */
  byte[] buffer = new byte[BLOCK_BYTES + 1];

  /** Where the line begins. */
  int start;

  /** Behind its last byte: there a line feed or a carriage return stands. */
  int end;

  /** The number of the line, from 1. */
  long number;

  private final TextContent text;
  private int next;
  private int searched;
  private int marked = -1;
  private long markedNumber;
  private int filled;
  private boolean finished;
  private byte lineEnd;

  TextLines(TextContent text) {
    this.text = text;
  }

  TextContent text() {
    return text;
  }

  /** Goes to the next line; false at the end. */
  boolean next() throws DataException {
    while (!nextInBlock()) {
      if (finished) {
        return false;
      }
      fill();
    }
    if (end - start > MAX_LINE_BYTES) {
      throw tooLong();
    }
    return true;
  }

  /** Goes to the next line that is not blank; false at the end. */
  boolean nextFilled() throws DataException {
    boolean found = next();
    while (found && isBlank()) {
      found = next();
    }
    return found;
  }

  /** Goes to the next line if all of it is in memory. */
  private boolean nextInBlock() {
    int at = searched;
    while (at < filled && buffer[at] != lineEnd) {
      at++;
    }
    searched = at;
    if (at == filled && (!finished || next == filled)) {
      return false;
    }
    start = next;
    end = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
    next = Math.min(at + 1, filled);
    searched = next;
    number++;
    return true;
  }

  /** Notes this line, for {@link #back}; may be called once before that. */
  void mark() {
    marked = start;
    markedNumber = number;
  }

  /** Steps back, so that the noted line is the next. */
  void back() {
    next = marked;
    searched = marked;
    number = markedNumber - 1;
    marked = -1;
  }

  /** What {@link #forEachInMemory} calls. */
  interface Look {
    void at() throws DataException;
  }

  /** Goes through the lines from here on that are in memory and not blank, and comes back. */
  void forEachInMemory(Look look) throws DataException {
    int next = this.next;
    long number = this.number;
    while (nextInBlock()) {
      if (!isBlank()) {
        look.at();
      }
    }
    this.next = next;
    this.searched = next;
    this.number = number;
  }

  boolean isBlank() {
    return trimmed(start, end) == end;
  }

  /** The first byte from here on that is no blank. */
  int trimmed(int from, int to) {
    int at = from;
    while (at < to && isBlank(buffer[at])) {
      at++;
    }
    return at;
  }

  static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\f';
  }

  private void fill() throws DataException {
    if (filled - next > MAX_LINE_BYTES) {
      number++;
      throw tooLong();
    }
    int first = marked < 0 ? next : marked;
    int kept = filled - first;
    byte[] from = buffer;
    if (kept > (buffer.length - 1) / 2) {
      buffer = new byte[2 * (from.length - 1) + 1];
    }
    System.arraycopy(from, first, buffer, 0, kept);
    searched -= first;
    next -= first;
    marked -= marked < 0 ? 0 : first;
    filled = kept;
    while (!finished && filled < buffer.length - 1) {
      int n = text.read(buffer, filled, buffer.length - 1 - filled);
      finished = n < 0;
      filled += Math.max(0, n);
    }
    buffer[filled] = '\n';
    if (lineEnd == 0) {
      chooseLineEnd();
    }
  }

  private DataException tooLong() {
    return problem("expected lines of at most %d bytes, found more".formatted(MAX_LINE_BYTES));
  }

  private void chooseLineEnd() {
    boolean feed = false;
    boolean carriageReturn = false;
    for (int i = 0; i < filled && !feed; i++) {
      feed = buffer[i] == '\n';
      carriageReturn |= buffer[i] == '\r';
    }
    lineEnd = (byte) (carriageReturn && !feed ? '\r' : '\n');
    searched = next;
  }

  /** A piece of the line as text. */
  String string(byte[] bytes, int from, int to) throws DataException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from))
          + "";
    } catch (CharacterCodingException e) {
      throw problem("expected text in UTF-8, found " + shown(bytes, from, to));
    }
  }

  /** A piece of the line as messages show it: in quotes, short, and safe for a terminal. */
  static String shown(byte[] bytes, int from, int to) {
    byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(to, from + MAX_SHOWN_BYTES));
    return shown(new String(piece, StandardCharsets.UTF_8));
  }

  static String shown(String text) {
    boolean whole = text.codePointCount(0, text.length()) <= MAX_SHOWN;
    int to = whole ? text.length() : text.offsetByCodePoints(0, MAX_SHOWN);
    return "'" + Printable.of(text.substring(0, to)) + (whole ? "'" : "...'");
  }

  /** Says what is wrong with the table as a whole. */
  DataException tableProblem(String what) {
    return new DataException(text.source() + ": " + what);
  }

  /** Says what is wrong in this line. */
  DataException problem(String what) {
    return new DataException("%s:%d: %s".formatted(text.source(), number, what));
  }

  /** Says what is wrong in a column of this line, the first being 1. */
  DataException problem(int column, String what) {
    return problem("column " + column + ": " + what);
  }
}
