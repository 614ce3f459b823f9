package io.mnist4j.data.tabular;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds where the cells of a row begin and end. */
final class CellScanner {
  /** Where the content of the cell begins, without quotes, and blanks around them and in them. */
  int from;

  /** Behind its last byte. */
  int to;

  /** Behind its separator; two behind its last byte if it ends the row. */
  int next;

  /** Whether it stands in quotes. */
  boolean quoted;

  private final byte separator;
  private final boolean arff;
  private boolean escaped;

  /**
   * @param separator between cells
   * @param arff whether single quotes are quotes too, and a backslash stands before a quote in a
   *     text; else two quotes stand for one, as RFC 4180 has it
   */
  CellScanner(byte separator, boolean arff) {
    this.separator = separator;
    this.arff = arff;
  }

  byte separator() {
    return separator;
  }

  /**
   * Finds the cell that begins here.
   *
   * @param end of the row
   * @return false if a quote does not end, or something follows it
   */
  boolean scan(byte[] row, int at, int end) {
    from = at;
    while (from < end && isBlank(row[from])) {
      from++;
    }
    quoted = from < end && isQuote(row[from]);
    escaped = false;
    if (quoted) {
      return scanQuoted(row, end);
    }
    int stop = from;
    while (stop < end && row[stop] != separator) {
      stop++;
    }
    next = stop + 1;
    to = stop;
    trim(row);
    return true;
  }

  private void trim(byte[] row) {
    while (to > from && isBlank(row[to - 1])) {
      to--;
    }
    while (from < to && isBlank(row[from])) {
      from++;
    }
  }

  private boolean scanQuoted(byte[] row, int end) {
    byte quote = row[from];
    from++;
    to = from;
    while ((to < end && row[to] != quote) || isEscape(row, to, end, quote)) {
      if (row[to] == quote || (arff && row[to] == '\\')) {
        escaped = true;
        to++;
      }
      to++;
    }
    int stop = to + 1;
    while (stop < end && isBlank(row[stop])) {
      stop++;
    }
    next = stop + 1;
    boolean sound = to < end && (stop >= end || row[stop] == separator);
    trim(row);
    return sound;
  }

  private boolean isEscape(byte[] row, int at, int end, byte quote) {
    return !arff && at + 1 < end && row[at] == quote && row[at + 1] == quote;
  }

  private boolean isQuote(byte character) {
    return character == '"' || (arff && character == '\'');
  }

  private boolean isBlank(byte character) {
    return character != separator && TextLines.isBlank(character);
  }

  /** The content as messages show it. */
  String shown(byte[] row) {
    if (from == to) {
      return "an empty cell";
    }
    String found = TextLines.shown(row, from, to);
    boolean missing = found.equals("'?'") || found.equalsIgnoreCase("'nan'");
    return missing ? found + ", a missing value" : found;
  }

  /** The content with what quotes and backslashes stand for. */
  byte[] unescaped(byte[] row) {
    byte[] content = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      boolean skips = escaped && (arff ? row[i] == '\\' : row[i] == '"') && i + 1 < to;
      content[length++] = row[skips ? ++i : i];
    }
    return Arrays.copyOf(content, length);
  }

  /**
   * What stands between cells: of tab, semicolon and comma what the line has most of, else a blank.
   */
  static byte separatorOf(byte[] row, int start, int end) {
    byte[] known = "\t;,".getBytes(StandardCharsets.US_ASCII);
    byte most = ' ';
    int mostCount = 0;
    for (byte separator : known) {
      int count = 0;
      boolean quoted = false;
      for (int i = start; i < end; i++) {
        quoted ^= row[i] == '"';
        count += row[i] == separator && !quoted ? 1 : 0;
      }
      if (count > mostCount) {
        most = separator;
        mostCount = count;
      }
    }
    return most;
  }
}
