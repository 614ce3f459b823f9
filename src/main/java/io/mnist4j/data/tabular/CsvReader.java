package io.mnist4j.data.tabular;

import io.mnist4j.data.Samples;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads tables with an image in each row: comma-, semicolon-, tab- or blank-separated, with or
 * without a header, plain, gzip or bzip2. Pixels are numbers from 0 to 255, or, if all of a file
 * are from 0 to 1, fractions of 255; a file that has but 0 and 1 has fractions. Where all are from
 * -1 to 1, -1 stands for 0. Other decimals are rounded.
 *
 * <p>The label is the column that the header names {@code label}, {@code class}, {@code target},
 * {@code y}, {@code digit} or {@code character}; without such a name it is the first column, or the
 * last, if there is one column more than an image has pixels. Labels are whole numbers or names.
 * Columns at the beginning that number the rows, by their names, are left out.
 */
public final class CsvReader {
  private static final Pattern PICTURE =
      Pattern.compile(".+\\.(png|jpe?g|jpe|gif|bmp|tiff?|webp|p[bgn]m)", Pattern.CASE_INSENSITIVE);

  private CsvReader() {}

  /**
   * Reads a file.
   *
   * @param notes is told, in a line each, what was left out
   * @throws DataException if it is no such table, which the message says with the line and the
   *     column; also if it lists names of picture files, as {@link #pictureColumn} finds
   */
  public static Samples read(FileEntry entry, TableOptions options, Consumer<String> notes)
      throws DataException {
    return PixelRange.read((range, said) -> read(entry, options, range, said), notes);
  }

  private static Samples read(
      FileEntry entry, TableOptions options, PixelRange range, Consumer<String> notes)
      throws DataException {
    try (TextContent text = TextContent.open(entry)) {
      TextLines lines = new TextLines(text);
      if (!lines.nextFilled()) {
        throw new DataException(text.source() + ": expected a table of pixels, found no row");
      }
      return new Table(lines, options).read(range, notes);
    }
  }

  /**
   * The cells of the first row, which may be a header or not; empty if there is no row.
   *
   * @throws DataException if the file cannot be read as text
   */
  public static List<String> headerOf(FileEntry entry) throws DataException {
    try (CsvRecords records = CsvRecords.open(entry)) {
      return records.next().map(CsvRecords.Row::cells).orElse(List.of());
    }
  }

  /**
   * The column in which the first two rows have the name of a picture file, from 0; empty if the
   * table lists none.
   */
  public static OptionalInt pictureColumn(FileEntry entry) throws DataException {
    try (CsvRecords records = CsvRecords.open(entry)) {
      for (int row = 0; row < 2; row++) {
        Optional<CsvRecords.Row> next = records.next();
        OptionalInt column = next.isEmpty() ? OptionalInt.empty() : pictureIn(next.get().cells());
        if (column.isPresent()) {
          return column;
        }
      }
      return OptionalInt.empty();
    }
  }

  private static OptionalInt pictureIn(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (PICTURE.matcher(cells.get(i).strip()).matches()) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** A table that is being read. */
  private static final class Table {
    private final TextLines lines;
    private final TableOptions options;
    private final CellScanner cell;

    /**
     * @param lines at the first that is not blank
     */
    Table(TextLines lines, TableOptions options) {
      this.lines = lines;
      this.options = options;
      byte separator = CellScanner.separatorOf(lines.buffer, lines.start, lines.end);
      this.cell = new CellScanner(separator, false);
    }

    Samples read(PixelRange range, Consumer<String> notes) throws DataException {
      List<String> first = cells();
      boolean header = isHeader(first);
      lines.mark();
      refusePictures(first);
      lines.back();
      if (header) {
        lines.next();
      }
      LabelGuess guess = new LabelGuess(lines, cell, first.size());
      ColumnPlan plan =
          new ColumnChoice(lines, options, header ? first : List.of(), first.size())
              .choose(guess, notes);
      PixelTable pixels = new PixelTable(lines.text(), range, plan.size().pixels());
      LabelList labels = new LabelList();
      TableRows rows = new TableRows(lines, cell, plan, pixels, labels);
      while (lines.nextFilled()) {
        rows.add();
      }
      if (pixels.rows() == 0) {
        throw lines.problem("expected a row of pixels after the header, found the end");
      }
      if (plan.guessed()) {
        guess.confirm(plan, pixels, labels);
      }
      return samples(lines, plan, pixels, labels);
    }

    /** The cells of the line; no more than one too many. */
    private List<String> cells() throws DataException {
      List<String> cells = new ArrayList<>();
      int at = lines.start;
      while (at <= lines.end && cells.size() <= ColumnChoice.MAX_COLUMNS) {
        at = cell.separator() == ' ' ? lines.trimmed(at, lines.end) : at;
        if (at == lines.end && cell.separator() == ' ' && !cells.isEmpty()) {
          break;
        }
        if (!cell.scan(lines.buffer, at, lines.end)) {
          throw lines.problem(
              cells.size() + 1,
              "expected a quote that ends with the cell, found "
                  + TextLines.shown(lines.buffer, at, lines.end));
        }
        byte[] content = cell.unescaped(lines.buffer);
        cells.add(lines.string(content, 0, content.length));
        at = cell.next;
      }
      return cells;
    }

    private void refusePictures(List<String> first) throws DataException {
      OptionalInt column = pictureIn(first);
      List<String> second = new ArrayList<>();
      if (column.isEmpty() && lines.nextFilled()) {
        second.addAll(cells());
        column = pictureIn(second);
      }
      if (column.isPresent()) {
        List<String> cells = second.isEmpty() ? first : second;
        throw lines.problem(
            column.getAsInt() + 1,
            "expected pixels, found the name of a picture file: %s: the table lists files"
                .formatted(TextLines.shown(cells.get(column.getAsInt()))));
      }
    }

    /**
     * Whether these are names of columns: none is a number, or a name stands among numbers that
     * only count the columns, or numbers count them beyond what a pixel can be. A single name at an
     * end of other numbers is a label.
     */
    private static boolean isHeader(List<String> cells) {
      List<String> texts = cells.stream().filter(cell -> !isNumber(cell)).toList();
      if (texts.isEmpty()) {
        return cells.size() > 256 && countsUp(cells);
      }
      return texts.size() > 1
          || cells.size() == 1
          || ColumnChoice.isLabelName(texts.get(0))
          || ColumnChoice.isIndexName(texts.get(0))
          || countsUp(cells.stream().filter(CsvReader.Table::isNumber).toList());
    }

    private static boolean isNumber(String cell) {
      byte[] text = cell.strip().getBytes(StandardCharsets.UTF_8);
      return !Double.isNaN(Decimals.parse(text, 0, text.length));
    }

    private static boolean countsUp(List<String> numbers) {
      int first = numbers.get(0).strip().equals("0") ? 0 : 1;
      for (int i = 0; i < numbers.size(); i++) {
        if (!numbers.get(i).strip().equals(Integer.toString(first + i))) {
          return false;
        }
      }
      return true;
    }
  }

  /** What has been read. */
  static Samples samples(TextLines lines, ColumnPlan plan, PixelTable pixels, LabelList labels)
      throws DataException {
    byte[] all = pixels.toArray(0, plan.size().pixels());
    Optional<int[]> numbers = plan.hasLabel() ? Optional.of(labels.toArray()) : Optional.empty();
    List<String> names = plan.hasLabel() ? labels.names() : List.of();
    return new Samples(lines.text().source(), plan.size(), all, numbers, names);
  }
}
