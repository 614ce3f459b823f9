package io.mnist4j.data.tabular;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Samples;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads files of LIBSVM's and SVMlight's form: {@code LABEL INDEX:VALUE ...}, plain, gzip or bzip2.
 * Indices begin at 1, or at 0 if one of the file is 0, and ascend; what is absent is 0. The images
 * have the size that is set, else the smallest square that has room for the largest index: pixels
 * at the end that are 0 everywhere are not in the file. Values are read as {@link CsvReader} reads
 * them.
 */
public final class LibsvmReader {
  private static final int MAX_INDEX = 4 * 4096;

  /** Room for images of 32x32, and for an index 0, to begin with. */
  private static final int FIRST_WIDTH = 1 + 32 * 32;

  private final TextLines lines;
  private final LabelList labels = new LabelList();
  private final CellScanner cell = new CellScanner((byte) ' ', false);
  private PixelTable pixels;
  private int largest;
  private boolean fromZero;

  /** Where the line is being read, and where it ends. */
  private int at;

  private int end;

  private LibsvmReader(TextLines lines, PixelRange range) {
    this.lines = lines;
    this.pixels = new PixelTable(lines.text(), range, FIRST_WIDTH);
  }

  /**
   * Reads a file.
   *
   * @param notes is told, in a line each, what is unusual in it
   * @throws DataException if it is no such file, or an index is beyond the size that is set; the
   *     message says the line
   */
  public static Samples read(FileEntry entry, TableOptions options, Consumer<String> notes)
      throws DataException {
    return PixelRange.read((range, said) -> read(entry, options, range, said), notes);
  }

  private static Samples read(
      FileEntry entry, TableOptions options, PixelRange range, Consumer<String> notes)
      throws DataException {
    try (TextContent text = TextContent.open(entry)) {
      return new LibsvmReader(new TextLines(text), range).read(options, notes);
    }
  }

  private Samples read(TableOptions options, Consumer<String> notes) throws DataException {
    String source = lines.text().source();
    int most = Math.min(MAX_INDEX, options.size().map(ImageSize::pixels).orElse(MAX_INDEX));
    while (lines.nextFilled()) {
      begin();
      if (at < end) {
        addRow(most);
      }
    }
    if (pixels.rows() == 0) {
      throw new DataException(source + ": expected rows of a label and pixels, found none");
    }
    if (fromZero) {
      notes.accept(source + ": indices are counted from 0");
    }
    int used = Math.max(1, fromZero ? largest + 1 : largest);
    if (used > most) {
      throw new DataException(
          "%s: expected indices from 0 to %d, as one is 0, found %d"
              .formatted(source, most - 1, largest));
    }
    Optional<ImageSize> size = options.size();
    if (size.isEmpty()) {
      size = ImageSize.square((long) Math.pow(Math.ceil(Math.sqrt(used)), 2));
    }
    ImageSize found = size.orElseThrow();
    return Samples.numbered(
        source, found, pixels.toArray(fromZero ? 0 : 1, found.pixels()), labels.toArray());
  }

  /** Cuts off a comment and blanks. */
  private void begin() {
    at = lines.trimmed(lines.start, lines.end);
    end = at;
    while (end < lines.end && lines.buffer[end] != '#') {
      // A blank like any other.
      if (lines.buffer[end] == '\t') {
        lines.buffer[end] = ' ';
      }
      end++;
    }
    while (end > at && TextLines.isBlank(lines.buffer[end - 1])) {
      end--;
    }
  }

  private void addRow(int most) throws DataException {
    addLabel();
    makeRoom(most);
    pixels.beginRow();
    int before = -1;
    while (at < end) {
      before = addPair(before, most);
      largest = Math.max(largest, before);
    }
    pixels.endRow();
  }

  private void addLabel() throws DataException {
    cell.scan(lines.buffer, at, end);
    double value = Decimals.parse(lines.buffer, cell.from, cell.to);
    String expected =
        Double.isNaN(value) ? "a label: a whole number from 0" : labels.add("", value);
    if (!expected.isEmpty()) {
      throw lines.problem("expected %s, found %s".formatted(expected, cell.shown(lines.buffer)));
    }
    at = lines.trimmed(Math.min(cell.next, end), end);
  }

  /** The last index of a row is its largest: what is wrong with it is said when it is read. */
  private void makeRoom(int most) throws DataException {
    int colon = end;
    while (colon > at && lines.buffer[colon - 1] != ':') {
      colon--;
    }
    int from = Math.max(at, colon - 1);
    while (from > at && Decimals.isDigit(lines.buffer[from - 1])) {
      from--;
    }
    double last = colon > from ? Decimals.parse(lines.buffer, from, colon - 1) : 0;
    int width = pixels.width();
    while (width <= last && last <= most) {
      width = Math.min(2 * width, MAX_INDEX + 1);
    }
    if (width > pixels.width()) {
      pixels = pixels.widened(width);
    }
  }

  /** Adds a pixel, and returns its index. */
  private int addPair(int before, int most) throws DataException {
    int index = 0;
    int from = at;
    while (at < end && Decimals.isDigit(lines.buffer[at]) && index <= MAX_INDEX) {
      index = 10 * index + lines.buffer[at] - '0';
      at++;
    }
    if (at == from || at == end || lines.buffer[at] != ':') {
      throw lines.problem(
          "expected INDEX:VALUE with an index of at most %d, found %s"
              .formatted(most, TextLines.shown(lines.buffer, from, wordEnd(from))));
    }
    fromZero |= index == 0;
    int last = fromZero ? most - 1 : most;
    if (index <= before || index > last) {
      throw lines.problem(
          "expected an index from %d to %d, found %d"
              .formatted(Math.max(before + 1, fromZero ? 0 : 1), last, index));
    }
    int to = wordEnd(at);
    double value = Decimals.parse(lines.buffer, at + 1, to);
    if (!pixels.put(index, value)) {
      throw lines.problem(
          "index %d: expected %s, found %s"
              .formatted(index, PixelTable.EXPECTED, TextLines.shown(lines.buffer, at + 1, to)));
    }
    at = lines.trimmed(to, end);
    return index;
  }

  private int wordEnd(int from) {
    int to = from;
    while (to < end && !TextLines.isBlank(lines.buffer[to])) {
      to++;
    }
    return to;
  }
}
