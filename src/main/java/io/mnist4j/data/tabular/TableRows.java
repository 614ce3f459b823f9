package io.mnist4j.data.tabular;

import io.mnist4j.errors.DataException;

/** Rows of a label and pixels, parsed where they lie in the block that was read. */
final class TableRows {
  private final TextLines lines;
  private final CellScanner cell;
  private final ColumnPlan plan;
  private final PixelTable pixels;
  private final LabelList labels;

  private byte[] row = {};
  private byte[] copy = {};
  private int at;
  private int end;
  private int column;

  TableRows(
      TextLines lines, CellScanner cell, ColumnPlan plan, PixelTable pixels, LabelList labels) {
    this.lines = lines;
    this.cell = cell;
    this.plan = plan;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Adds the row that the current line is. */
  void add() throws DataException {
    begin();
    pixels.beginRow();
    while (column < plan.dropped()) {
      scan();
    }
    if (plan.hasLabel()) {
      addPixels(plan.label() - column);
      addLabel();
    }
    addPixels(plan.columns() - column);
    if (at <= end) {
      throw ragged();
    }
    pixels.endRow();
  }

  private void begin() {
    column = 0;
    row = lines.buffer;
    at = lines.start;
    end = lines.end;
    if (cell.separator() == ' ') {
      copyWithSingleBlanks();
    }
  }

  /** One blank for each run of blanks and tabs outside of quotes, and none around. */
  private void copyWithSingleBlanks() {
    if (copy.length <= end - at) {
      copy = new byte[end - at + 1];
    }
    int length = 0;
    boolean quoted = false;
    for (int i = at; i < end; i++) {
      quoted ^= row[i] == '"';
      if (quoted || !TextLines.isBlank(row[i])) {
        copy[length++] = row[i];
      } else if (length > 0 && copy[length - 1] != ' ') {
        copy[length++] = ' ';
      }
    }
    end = length > 0 && copy[length - 1] == ' ' ? length - 1 : length;
    copy[end] = '\n';
    row = copy;
    at = 0;
  }

  /** Whole numbers of one to three digits take the short way, all others {@link #addPixel}. */
  private void addPixels(int count) throws DataException {
    byte[] text = row;
    byte separator = cell.separator();
    byte[] to = pixels.chunk;
    int first = pixels.offset + plan.pixel(column);
    int factor = pixels.factor();
    int most = pixels.mostWhole();
    for (int i = 0; i < count; i++) {
      int value = at > end ? -1 : text[at] - '0';
      int stop = at + 1;
      if (value >= 0 && value <= 9) {
        int digit = text[stop] - '0';
        if (digit >= 0 && digit <= 9) {
          value = 10 * value + digit;
          digit = text[++stop] - '0';
          if (digit >= 0 && digit <= 9) {
            value = 10 * value + digit;
            stop++;
          }
        }
        if (text[stop] == separator && value <= most) {
          to[first + i] = (byte) (value * factor);
          at = stop + 1;
          column++;
          continue;
        }
      }
      addPixel();
      factor = pixels.factor();
      most = pixels.mostWhole();
    }
  }

  private void addPixel() throws DataException {
    int pixel = plan.pixel(column);
    scan();
    double value = Decimals.parse(row, cell.from, cell.to);
    if (!pixels.put(pixel, value)) {
      throw unexpected(PixelTable.EXPECTED);
    }
  }

  private void addLabel() throws DataException {
    scan();
    String expected = labels.add(lines, row, cell);
    if (!expected.isEmpty()) {
      throw unexpected(expected);
    }
  }

  /** Goes to the next cell. */
  private void scan() throws DataException {
    if (at > end) {
      throw ragged();
    }
    if (!cell.scan(row, at, end)) {
      throw lines.problem(
          "%s: expected a quote that ends with the cell, found %s"
              .formatted(plan.nameOf(column), TextLines.shown(row, at, end)));
    }
    at = cell.next;
    column++;
  }

  /** Says what is wrong with the cell that was scanned last. */
  private DataException unexpected(String expected) {
    return lines.problem(
        "%s: expected %s, found %s".formatted(plan.nameOf(column - 1), expected, cell.shown(row)));
  }

  private DataException ragged() {
    begin();
    int found = 0;
    while (at <= end && cell.scan(row, at, end)) {
      at = cell.next;
      found++;
    }
    return lines.problem("expected %d columns, found %d".formatted(plan.columns(), found));
  }
}
