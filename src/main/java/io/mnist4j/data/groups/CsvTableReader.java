package io.mnist4j.data.groups;

import io.mnist4j.data.Part;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.Csv;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads a table of groups in CSV. Its first line names the columns: {@code index} is the image's,
 * from 0; {@code split}, where there is such a column, says train, validation or test; {@code
 * label} is compared with that of the image; {@code writer} and any others are groups.
 */
final class CsvTableReader {
  private static final String INDEX = "index";
  private static final String SPLIT = "split";
  private static final String FORM =
      "the first line of a table of groups names its columns, such as index,group or"
          + " split,index,writer,age";

  private final Path file;
  private final List<String> head;
  private final Map<String, String[]> values = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, String> words = new HashMap<>();

  private CsvTableReader(Path file, List<String> head) {
    this.file = file;
    this.head = head;
  }

  /**
   * @throws DataException if it is no such table
   */
  static GroupRows read(Path file, byte[] content) throws DataException {
    List<String> lines = text(file, content).lines().toList();
    if (lines.isEmpty()) {
      throw new DataException("%s is empty: %s".formatted(file, FORM));
    }
    List<String> head = cells(file, 1, lines.get(0));
    if (!head.contains(INDEX)) {
      throw new DataException("%s, line 1: there is no column 'index': %s".formatted(file, FORM));
    }
    if (new HashSet<>(head).size() < head.size() || head.contains("")) {
      throw new DataException(
          "%s, line 1: two columns have one name, or one has none: %s".formatted(file, FORM));
    }
    return new CsvTableReader(file, head).read(lines);
  }

  private GroupRows read(List<String> lines) throws DataException {
    List<String> columns = new ArrayList<>(head);
    columns.removeAll(List.of(INDEX, SPLIT));
    if (columns.isEmpty()) {
      throw new DataException("%s, line 1: there is no column of groups: %s".formatted(file, FORM));
    }
    int count = lines.size() - 1;
    columns.forEach(column -> values.put(column, new String[count]));
    int[] indices = new int[count];
    for (int row = 0; row < count; row++) {
      List<String> cells = cells(file, row + 2, lines.get(row + 1));
      if (cells.size() != head.size()) {
        throw problem(
            row, "%d values, where the first line names %d".formatted(cells.size(), head.size()));
      }
      for (int c = 0; c < cells.size(); c++) {
        take(indices, row, head.get(c), cells.get(c));
      }
    }
    return new GroupRows(indices, parts, columns, values, 2, false);
  }

  private void take(int[] indices, int row, String column, String cell) throws DataException {
    switch (column) {
      case INDEX -> indices[row] = index(row, cell);
      case SPLIT -> parts.add(part(row, cell));
      default -> {
        if (cell.isBlank()) {
          throw problem(row, "the column '%s' is empty".formatted(column));
        }
        values.get(column)[row] = words.computeIfAbsent(cell, word -> word);
      }
    }
  }

  private int index(int row, String cell) throws DataException {
    if (!cell.matches("[0-9]{1,9}")) {
      throw problem(row, "index must be a whole number from 0, not '%s'".formatted(cell));
    }
    return Integer.parseInt(cell);
  }

  private Part part(int row, String cell) throws DataException {
    return Part.ofWord(cell)
        .orElseThrow(
            () ->
                problem(row, "split must be train, validation or test, not '%s'".formatted(cell)));
  }

  private DataException problem(int row, String what) {
    return new DataException("%s, line %d: %s".formatted(file, row + 2, what));
  }

  private static List<String> cells(Path file, int line, String text) throws DataException {
    try {
      return Csv.cells(text);
    } catch (IllegalArgumentException e) {
      throw new DataException("%s, line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }

  private static String text(Path file, byte[] content) throws DataException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s is neither text in UTF-8 nor a table of QMNIST's labels: %s".formatted(file, FORM),
          e);
    }
  }
}
