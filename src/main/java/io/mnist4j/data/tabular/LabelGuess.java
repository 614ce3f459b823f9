package io.mnist4j.data.tabular;

import io.mnist4j.errors.DataException;

/**
 * Tells labels from pixels by what stands in the first and the last column of the rows that are in
 * memory, some hundred, and whether all rows bear that out. Where nothing speaks against it, the
 * first column is the label.
 */
final class LabelGuess implements ColumnChoice.Guess {
  private final TextLines lines;
  private final CellScanner cell;
  private final int columns;

  /**
   * @param lines before the first row
   * @param columns in a row
   */
  LabelGuess(TextLines lines, CellScanner cell, int columns) {
    this.lines = lines;
    this.cell = cell;
    this.columns = columns;
  }

  @Override
  public int label(int first) throws DataException {
    ColumnContent front = new ColumnContent();
    ColumnContent back = new ColumnContent();
    lines.forEachInMemory(
        () -> {
          front.add(cellAt(first));
          back.add(lastCell());
        });
    if (front.isSurelyLabel() != back.isSurelyLabel()) {
      return front.isSurelyLabel() ? first : columns - 1;
    }
    if (front.isSurelyLabel() || (front.isSurelyPixel() && back.isSurelyPixel())) {
      throw ambiguous();
    }
    if (front.isSurelyPixel() || back.isSurelyPixel()) {
      return front.isSurelyPixel() ? columns - 1 : first;
    }
    if (front.looksLikeLabels() && back.looksLikeLabels() && back.distinct() > front.distinct()) {
      throw ambiguous();
    }
    return back.looksLikeLabels() && !front.looksLikeLabels() ? columns - 1 : first;
  }

  /** The number in a column of this line; NaN if there is none. */
  private double cellAt(int column) {
    int at = lines.start;
    for (int i = 0; i <= column; i++) {
      at = cell.separator() == ' ' ? lines.trimmed(at, lines.end) : at;
      if (at > lines.end || !cell.scan(lines.buffer, at, lines.end)) {
        return Double.NaN;
      }
      at = cell.next;
    }
    return Decimals.parse(lines.buffer, cell.from, cell.to);
  }

  private double lastCell() {
    int to = lines.end;
    while (to > lines.start && TextLines.isBlank(lines.buffer[to - 1])) {
      to--;
    }
    int from = to;
    while (from > lines.start && lines.buffer[from - 1] != cell.separator()) {
      from--;
    }
    return cell.scan(lines.buffer, from, to)
        ? Decimals.parse(lines.buffer, cell.from, cell.to)
        : Double.NaN;
  }

  /**
   * Refuses a guess that the rows after those in memory speak against: labels that are all the same
   * while the other end of the rows looks like labels, or labels at the end while the first column
   * is not the same everywhere.
   */
  void confirm(ColumnPlan plan, PixelTable pixels, LabelList labels) throws DataException {
    ColumnContent label = new ColumnContent();
    ColumnContent other = new ColumnContent();
    boolean atFront = plan.label() == plan.dropped();
    int otherPixel = atFront ? pixels.width() - 1 : 0;
    for (int row = 0; row < pixels.rows(); row++) {
      label.add(labels.label(row));
      other.add(Byte.toUnsignedInt(pixels.pixel(row, otherPixel)));
    }
    boolean numbers = labels.names().isEmpty();
    if (numbers && label.distinct() == 1 && other.looksLikeLabels()) {
      throw ambiguous();
    }
  }

  private DataException ambiguous() {
    return lines.tableProblem(
        "cannot tell whether the first or the last column is the label: say data.label-column=first or last");
  }
}
