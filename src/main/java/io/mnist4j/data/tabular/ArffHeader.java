package io.mnist4j.data.tabular;

import io.mnist4j.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * The declarations at the beginning of an ARFF file, up to {@code @data}.
 *
 * @param attributes in the order of the columns
 */
record ArffHeader(List<Attribute> attributes) {
  private static final String DECLARATION = "@attribute NAME TYPE";

  ArffHeader {
    attributes = List.copyOf(attributes);
  }

  /**
   * A column.
   *
   * @param name of it
   * @param numeric whether it has numbers
   * @param type as it is written
   * @param values that a nominal attribute may have; empty for others
   */
  record Attribute(String name, boolean numeric, String type, List<String> values) {
    Attribute {
      values = List.copyOf(values);
    }

    boolean nominal() {
      return !values.isEmpty();
    }
  }

  /** The names of the columns. */
  List<String> names() {
    return attributes.stream().map(Attribute::name).toList();
  }

  /**
   * Reads up to the line of {@code @data}.
   *
   * @param lines before the first one
   */
  static ArffHeader read(TextLines lines) throws DataException {
    List<Attribute> attributes = new ArrayList<>();
    while (lines.nextFilled()) {
      int at = lines.trimmed(lines.start, lines.end);
      if (lines.buffer[at] == '%') {
        continue;
      }
      String line = lines.string(lines.buffer, at, lines.end).strip();
      switch (line.split("[\\s'\"{]", 2)[0].toLowerCase(Locale.ROOT)) {
        case "@relation" -> {
          // The name says nothing that is needed.
        }
        case "@attribute" -> attributes.add(new Declaration(lines, line).attribute());
        case "@data" -> {
          return checked(attributes, lines);
        }
        default ->
            throw lines.problem(
                "expected @relation, @attribute or @data, found " + TextLines.shown(line));
      }
      if (attributes.size() > ColumnChoice.MAX_COLUMNS) {
        throw lines.problem(
            "expected at most %d attributes, found more".formatted(ColumnChoice.MAX_COLUMNS));
      }
    }
    throw lines.problem("expected a line with @data, found the end of the file");
  }

  private static ArffHeader checked(List<Attribute> attributes, TextLines lines)
      throws DataException {
    if (attributes.isEmpty()) {
      throw lines.problem("expected lines with %s before @data, found none".formatted(DECLARATION));
    }
    return new ArffHeader(attributes);
  }

  /** A line that declares an attribute. */
  private static final class Declaration {
    private final TextLines lines;
    private final byte[] text;
    private int at = "@attribute".length();

    Declaration(TextLines lines, String line) {
      this.lines = lines;
      this.text = line.getBytes(StandardCharsets.UTF_8);
    }

    Attribute attribute() throws DataException {
      String name = name();
      skipBlanks();
      if (at < text.length && text[at] == '{') {
        return new Attribute(name, false, "nominal", values());
      }
      String type = new String(text, at, text.length - at, StandardCharsets.UTF_8);
      String word = type.split("[\\s\\[%]", 2)[0].toLowerCase(Locale.ROOT);
      return switch (word) {
        case "numeric", "real", "integer" -> new Attribute(name, true, word, List.of());
        case "string", "date", "relational" -> new Attribute(name, false, word, List.of());
        case "" -> throw lines.problem("expected %s, found no type".formatted(DECLARATION));
        default ->
            throw lines.problem(
                "expected the type numeric, real, integer or {VALUE,...}, found "
                    + TextLines.shown(word));
      };
    }

    private String name() throws DataException {
      skipBlanks();
      if (at < text.length && (text[at] == '\'' || text[at] == '"')) {
        // A cell that nothing separates: the rest of the line is the type.
        return quoted();
      }
      int from = at;
      while (at < text.length && !TextLines.isBlank(text[at]) && text[at] != '{') {
        at++;
      }
      if (at == from) {
        throw lines.problem("expected %s, found no name".formatted(DECLARATION));
      }
      return new String(text, from, at - from, StandardCharsets.UTF_8);
    }

    private String quoted() throws DataException {
      byte quote = text[at];
      StringBuilder name = new StringBuilder();
      int from = ++at;
      for (; at < text.length && text[at] != quote; at++) {
        if (text[at] == '\\' && at + 1 < text.length) {
          name.append(new String(text, from, at - from, StandardCharsets.UTF_8));
          from = ++at;
        }
      }
      if (at >= text.length) {
        throw lines.problem("expected a name with a quote at its end, found none");
      }
      name.append(new String(text, from, at - from, StandardCharsets.UTF_8));
      at++;
      return name.toString();
    }

    /** The values of a nominal attribute, which stand in braces. */
    private List<String> values() throws DataException {
      int close = text.length - 1;
      while (close > at && text[close] != '}') {
        close--;
      }
      List<String> values = new ArrayList<>();
      CellScanner cell = new CellScanner((byte) ',', true);
      at++;
      while (at <= close) {
        boolean sound = close < text.length && cell.scan(text, at, close);
        String value = sound ? new String(cell.unescaped(text), StandardCharsets.UTF_8) : "";
        if (value.isEmpty()) {
          throw lines.problem(
              "expected values as in {0,1,2}, found " + TextLines.shown(text, 0, text.length));
        }
        values.add(value);
        at = cell.next;
      }
      if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
        throw lines.problem("expected values as in {0,1,2}, each once");
      }
      return values;
    }

    private void skipBlanks() {
      while (at < text.length && TextLines.isBlank(text[at])) {
        at++;
      }
    }
  }
}
