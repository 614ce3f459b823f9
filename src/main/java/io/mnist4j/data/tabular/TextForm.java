package io.mnist4j.data.tabular;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of text that hold tables, told apart by how a file begins. */
public enum TextForm {
  /** Cells between commas, semicolons, tabs or blanks, also of texts, such as names of files. */
  CSV,
  /** Weka's attribute-relation file format. */
  ARFF,
  /** A label and pairs of an index and a value, as LIBSVM and SVMlight have them. */
  LIBSVM;

  /** Lines that are looked at. */
  private static final int LINES = 20;

  /** A line that is longer than this and has no end is taken to be cut off. */
  private static final int LONG_LINE = 1_000;

  private static final Pattern PAIR = Pattern.compile("([0-9]+|qid):[-+0-9.eE]+");
  private static final Pattern NUMBERS = Pattern.compile("[-+0-9.eE \\t]+");

  /**
   * Recognises a form.
   *
   * @param head the first few thousand bytes of a text, inflated, as {@link TextContent#head} gives
   *     them, or all of a shorter one
   * @return empty if it is no table, or no text
   */
  public static Optional<TextForm> of(byte[] head) {
    for (byte character : head) {
      if (character >= 0 && character < ' ' && !isBlank(character)) {
        return Optional.empty();
      }
    }
    List<String> lines = lines(new String(head, StandardCharsets.ISO_8859_1));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    if (isArff(lines)) {
      return Optional.of(ARFF);
    }
    if (isLibsvm(lines)) {
      return Optional.of(LIBSVM);
    }
    return isCsv(lines) ? Optional.of(CSV) : Optional.empty();
  }

  private static boolean isBlank(byte character) {
    return character == '\n' || TextLines.isBlank(character);
  }

  /** The first lines that are not blank, without a last one that may be cut off. */
  private static List<String> lines(String head) {
    List<String> lines = new ArrayList<>();
    List<String> all = List.of(head.split("[\\r\\n]+", -1));
    for (String line : all.size() == 1 ? all : all.subList(0, all.size() - 1)) {
      if (!line.isBlank() && lines.size() < LINES) {
        lines.add(line);
      }
    }
    if (all.size() == 1 && !lines.isEmpty() && head.length() > LONG_LINE) {
      lines.set(0, head.substring(0, Math.max(LONG_LINE, head.lastIndexOf(' '))));
    }
    return lines;
  }

  private static boolean isArff(List<String> lines) {
    String first =
        lines.stream()
            .map(String::strip)
            .filter(line -> !line.startsWith("%"))
            .findFirst()
            .orElse("");
    String word = first.toLowerCase(Locale.ROOT);
    return word.startsWith("@relation") || word.startsWith("@attribute");
  }

  private static boolean isLibsvm(List<String> lines) {
    List<String> rows = lines.stream().map(String::strip).filter(l -> !l.startsWith("#")).toList();
    return rows.stream().allMatch(row -> pairs(row) >= 0)
        && rows.stream().anyMatch(row -> pairs(row) > 0);
  }

  /** The number of pairs behind the label; -1 if there is something else. */
  private static int pairs(String row) {
    String[] words = row.split("#", 2)[0].strip().split("[ \\t]+", -1);
    if (!NUMBERS.matcher(words[0]).matches()) {
      return -1;
    }
    for (int i = 1; i < words.length; i++) {
      if (!PAIR.matcher(words[i]).matches()) {
        return -1;
      }
    }
    return words.length - 1;
  }

  private static boolean isCsv(List<String> lines) {
    String first = lines.get(0);
    if ("{[<@%".indexOf(first.strip().charAt(0)) >= 0) {
      return false;
    }
    String second = lines.get(Math.min(1, lines.size() - 1));
    byte[] bytes = first.getBytes(StandardCharsets.ISO_8859_1);
    byte separator = CellScanner.separatorOf(bytes, 0, bytes.length);
    if (separator == ' ') {
      int cells = first.strip().split("[ \\t]+", -1).length;
      return cells > 1
          && NUMBERS.matcher(second).matches()
          && cells == second.strip().split("[ \\t]+", -1).length;
    }
    return cells(first, separator) == cells(second, separator);
  }

  private static int cells(String line, byte separator) {
    int cells = 1;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      cells += line.charAt(i) == separator && !quoted ? 1 : 0;
    }
    return cells;
  }
}
