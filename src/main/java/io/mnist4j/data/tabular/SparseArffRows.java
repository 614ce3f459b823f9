package io.mnist4j.data.tabular;

import io.mnist4j.errors.DataException;

/** Rows such as <code>{0 7, 203 84}</code>: pairs of a column, the first being 0, and a value. */
final class SparseArffRows {
  private final TextLines lines;
  private final ColumnPlan plan;
  private final PixelTable pixels;
  private final LabelList labels;
  private final ArffHeader header;
  private final CellScanner cell = new CellScanner((byte) ',', true);

  private int at;
  private int end;

  SparseArffRows(
      TextLines lines, ColumnPlan plan, PixelTable pixels, LabelList labels, ArffHeader header) {
    this.lines = lines;
    this.plan = plan;
    this.pixels = pixels;
    this.labels = labels;
    this.header = header;
  }

  /** Adds the row that the current line is. */
  void add() throws DataException {
    at = lines.trimmed(lines.start, lines.end) + 1;
    end = lines.end;
    while (end > at && TextLines.isBlank(lines.buffer[end - 1])) {
      end--;
    }
    if (end <= at || lines.buffer[end - 1] != '}') {
      throw lines.problem("expected a sparse row that ends with }, found none");
    }
    end--;
    pixels.beginRow();
    int before = -1;
    boolean labelled = false;
    while (lines.trimmed(at, end) < end) {
      int column = column(before);
      before = column;
      labelled |= column == plan.label();
      addValue(column);
      at = cell.next;
    }
    if (plan.hasLabel() && !labelled) {
      ArffHeader.Attribute label = header.attributes().get(plan.label());
      labels.add(label.nominal() ? label.values().get(0) : "0", label.nominal() ? Double.NaN : 0);
    }
    pixels.endRow();
  }

  /** The column that the next pair is for, which must be after the one before. */
  private int column(int before) throws DataException {
    int from = lines.trimmed(at, end);
    int to = from;
    while (to < end && Decimals.isDigit(lines.buffer[to])) {
      to++;
    }
    double column = Decimals.parse(lines.buffer, from, to);
    if (!(column > before && column < plan.columns()) || !TextLines.isBlank(lines.buffer[to])) {
      throw lines.problem(
          "expected pairs of a column from %d to %d and a value, found %s"
              .formatted(before + 1, plan.columns() - 1, TextLines.shown(lines.buffer, from, end)));
    }
    at = to;
    return (int) column;
  }

  private void addValue(int column) throws DataException {
    if (!cell.scan(lines.buffer, at, end)) {
      throw lines.problem(
          "%s: expected a quote that ends with the value, found %s"
              .formatted(plan.nameOf(column), TextLines.shown(lines.buffer, at, end)));
    }
    String expected = "";
    if (column == plan.label()) {
      expected = labels.add(lines, lines.buffer, cell);
    } else if (column >= plan.dropped()) {
      double value = Decimals.parse(lines.buffer, cell.from, cell.to);
      expected = pixels.put(plan.pixel(column), value) ? "" : PixelTable.EXPECTED;
    }
    if (!expected.isEmpty()) {
      throw lines.problem(
          "%s: expected %s, found %s"
              .formatted(plan.nameOf(column), expected, cell.shown(lines.buffer)));
    }
  }
}
