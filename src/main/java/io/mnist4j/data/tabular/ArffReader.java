package io.mnist4j.data.tabular;

import io.mnist4j.data.Samples;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.Printable;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads ARFF files with an image in each row, as OpenML has MNIST: dense or sparse, plain, gzip or
 * bzip2. Pixels are read as {@link CsvReader} reads them. The label is the attribute that is named
 * as there, else the last one if it is nominal. In a sparse row, what is absent is 0, and for a
 * nominal attribute the first of its values.
 */
public final class ArffReader {
  private final TextLines lines;
  private final TableOptions options;

  private ArffReader(TextLines lines, TableOptions options) {
    this.lines = lines;
    this.options = options;
  }

  /**
   * Reads a file.
   *
   * @param notes is told, in a line each, what was left out
   * @throws DataException if it is no such file, which the message says with the line and the
   *     column
   */
  public static Samples read(FileEntry entry, TableOptions options, Consumer<String> notes)
      throws DataException {
    return PixelRange.read((range, said) -> read(entry, options, range, said), notes);
  }

  private static Samples read(
      FileEntry entry, TableOptions options, PixelRange range, Consumer<String> notes)
      throws DataException {
    try (TextContent text = TextContent.open(entry)) {
      return new ArffReader(new TextLines(text), options).read(range, notes);
    }
  }

  private Samples read(PixelRange range, Consumer<String> notes) throws DataException {
    ArffHeader header = ArffHeader.read(lines);
    ColumnPlan plan =
        new ColumnChoice(lines, options, header.names(), header.attributes().size())
            .choose(first -> nominal(header, first), notes);
    checkTypes(header, plan);
    PixelTable pixels = new PixelTable(lines.text(), range, plan.size().pixels());
    LabelList labels =
        plan.hasLabel() && header.attributes().get(plan.label()).nominal()
            ? new LabelList(header.attributes().get(plan.label()).values())
            : new LabelList();
    addRows(plan, pixels, labels, header);
    if (pixels.rows() == 0) {
      throw lines.problem("expected a row of pixels after @data, found the end");
    }
    return CsvReader.samples(lines, plan, pixels, labels);
  }

  private void addRows(ColumnPlan plan, PixelTable pixels, LabelList labels, ArffHeader header)
      throws DataException {
    TableRows dense = null;
    SparseArffRows sparse = new SparseArffRows(lines, plan, pixels, labels, header);
    while (lines.nextFilled()) {
      int at = lines.trimmed(lines.start, lines.end);
      if (lines.buffer[at] == '%') {
        continue;
      }
      if (lines.buffer[at] == '{') {
        sparse.add();
        continue;
      }
      if (dense == null) {
        byte separator = CellScanner.separatorOf(lines.buffer, lines.start, lines.end);
        dense = new TableRows(lines, new CellScanner(separator, true), plan, pixels, labels);
      }
      dense.add();
    }
  }

  /** The last attribute if it is nominal, else the first that may be the label. */
  private int nominal(ArffHeader header, int first) throws DataException {
    int last = header.attributes().size() - 1;
    if (header.attributes().get(last).nominal()) {
      return last;
    }
    if (header.attributes().get(first).nominal()) {
      return first;
    }
    throw lines.tableProblem(
        "cannot tell which attribute is the label: none is named class or label, and the last is not nominal: say data.label-column=NAME");
  }

  private void checkTypes(ArffHeader header, ColumnPlan plan) throws DataException {
    for (int i = plan.dropped(); i < plan.columns(); i++) {
      ArffHeader.Attribute attribute = header.attributes().get(i);
      boolean label = i == plan.label();
      boolean numbers =
          attribute.values().stream().allMatch(value -> value.matches("[0-9]{1,3}"))
              && attribute.values().stream().limit(1).allMatch(value -> value.equals("0"));
      if (!attribute.numeric() && !(attribute.nominal() && (label || numbers))) {
        throw lines.tableProblem(
            "attribute %d (%s): expected %s, found the type %s"
                .formatted(
                    i + 1,
                    TextLines.shown(attribute.name()),
                    label ? "a label that is nominal or a number" : "a number",
                    attribute.type()));
      }
      for (String value : label ? attribute.values() : List.<String>of()) {
        if (!Printable.isName(value)) {
          throw lines.tableProblem("expected names of classes, found " + TextLines.shown(value));
        }
      }
    }
  }
}
