package io.mnist4j.data.tabular;

import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of any CSV file, as texts: cells may stand in quotes and have line breaks there (RFC
 * 4180); the separator is what the first line has most of: tab, semicolon, comma, or blanks.
 */
public final class CsvRecords implements Closeable {
  private final TextLines lines;
  private byte separator;

  private CsvRecords(TextContent text) {
    this.lines = new TextLines(text);
  }

  /**
   * A row.
   *
   * @param line in which it begins, from 1
   * @param cells at least one, without quotes and without blanks around those that have none
   */
  public record Row(long line, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** Opens a file, which may be gzip or bzip2. */
  public static CsvRecords open(FileEntry entry) throws DataException {
    return new CsvRecords(TextContent.open(entry));
  }

  /**
   * The next row that is not blank; empty at the end.
   *
   * @throws DataException if a quote does not end, a row is longer than a million bytes, has more
   *     columns than any table of pictures, or is no UTF-8
   */
  public Optional<Row> next() throws DataException {
    if (!lines.nextFilled()) {
      return Optional.empty();
    }
    if (separator == 0) {
      separator = CellScanner.separatorOf(lines.buffer, lines.start, lines.end);
    }
    long line = lines.number;
    byte[] row = wholeRow(line);
    CellScanner cell = new CellScanner(separator, false);
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (at <= row.length) {
      if (!cell.scan(row, at, row.length)) {
        throw problem(
            line,
            "column %d: expected a quote that ends with the cell, found %s"
                .formatted(cells.size() + 1, TextLines.shown(row, at, row.length)));
      }
      byte[] content = cell.unescaped(row);
      if (separator != ' ' || cell.quoted || content.length > 0) {
        cells.add(lines.string(content, 0, content.length));
      }
      if (cells.size() > ColumnChoice.MAX_COLUMNS) {
        throw problem(
            line, "expected at most %d columns, found more".formatted(ColumnChoice.MAX_COLUMNS));
      }
      at = cell.next;
    }
    return Optional.of(new Row(line, cells));
  }

  /** The line, and those after it as long as a quote has not ended. */
  private byte[] wholeRow(long line) throws DataException {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    boolean open = false;
    while (true) {
      for (int i = lines.start; i < lines.end; i++) {
        open ^= lines.buffer[i] == '"';
      }
      row.write(lines.buffer, lines.start, lines.end - lines.start);
      if (!open || !lines.next()) {
        return row.toByteArray();
      }
      row.write('\n');
      if (row.size() > TextLines.MAX_LINE_BYTES) {
        throw problem(
            line,
            "expected rows of at most %d bytes, found a quote that does not end before"
                .formatted(TextLines.MAX_LINE_BYTES));
      }
    }
  }

  private DataException problem(long line, String what) {
    return new DataException("%s:%d: %s".formatted(lines.text().source(), line, what));
  }

  @Override
  public void close() {
    lines.text().close();
  }
}
