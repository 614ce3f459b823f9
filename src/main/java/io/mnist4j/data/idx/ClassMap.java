package io.mnist4j.data.idx;

import io.mnist4j.data.ClassOrder;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.SmallText;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of classes, as a file beside a data set gives them.
 *
 * @param file where they come from
 * @param firstLabel the label of the first name, 0 or 1; each further name has the next label
 */
public record ClassMap(FileEntry file, int firstLabel, List<String> names) {
  private static final String KUZUSHIJI_HEADER = "index,codepoint,char";
  private static final Pattern KUZUSHIJI_ROW =
      Pattern.compile("(\\d{1,3}),U\\+([0-9A-Fa-f]{4,6}),(.+)");
  private static final Pattern EMNIST_ROW =
      Pattern.compile("(\\d{1,3})[ \\t]+(\\d{1,7})(?:[ \\t]+(\\d{1,7}))?");

  public ClassMap {
    names = List.copyOf(names);
  }

  /** The label of the last name. */
  public int lastLabel() {
    return firstLabel + names.size() - 1;
  }

  /**
   * Reads a file such as {@code emnist-letters-mapping.txt}: a line for each label, {@code label
   * code [code]} in decimal, of which the second is the lower-case letter of the same class. {@code
   * 1 65 97} means that label 1 is {@code Aa}.
   *
   * @throws DataException that names the line, if the file is anything else
   */
  public static ClassMap emnist(FileEntry file) throws DataException {
    List<String> lines = lines(file);
    Builder builder = new Builder(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher row = EMNIST_ROW.matcher(lines.get(i));
      if (!row.matches()) {
        throw builder.problem(
            i, "a label and one or two character codes, such as '1 65 97'", lines);
      }
      int first = Integer.parseInt(row.group(2));
      int second = row.group(3) == null ? first : Integer.parseInt(row.group(3));
      if (!isCharacter(first) || !isCharacter(second)) {
        throw builder.problem(i, "codes of characters that can be seen", lines);
      }
      String name = Character.toString(first);
      builder.add(
          i,
          Integer.parseInt(row.group(1)),
          second == first ? name : name + Character.toString(second),
          lines);
    }
    return builder.build();
  }

  /**
   * Reads a file such as {@code kmnist_classmap.csv}: {@code index,codepoint,char}, then a line for
   * each label, {@code 0,U+304A,お}.
   *
   * @throws DataException that names the line, if the file is anything else
   */
  public static ClassMap kuzushiji(FileEntry file) throws DataException {
    List<String> lines = lines(file);
    Builder builder = new Builder(file);
    if (lines.isEmpty() || !lines.get(0).equals(KUZUSHIJI_HEADER)) {
      throw builder.problem(0, "'" + KUZUSHIJI_HEADER + "'", lines);
    }
    for (int i = 1; i < lines.size(); i++) {
      Matcher row = KUZUSHIJI_ROW.matcher(lines.get(i));
      if (!row.matches() || !isCharacter(Integer.parseInt(row.group(2), 16))) {
        throw builder.problem(i, "an index, a code point and a character: '0,U+304A,お'", lines);
      }
      String name = Character.toString(Integer.parseInt(row.group(2), 16));
      if (!name.equals(row.group(3))) {
        throw builder.problem(i, "the character of the code point, '" + name + "'", lines);
      }
      builder.add(i, Integer.parseInt(row.group(1)), name, lines);
    }
    return builder.build();
  }

  private static boolean isCharacter(int code) {
    return Character.isValidCodePoint(code)
        && Printable.of(Character.toString(code)).equals(Character.toString(code))
        && !Character.isWhitespace(code);
  }

  private static List<String> lines(FileEntry file) throws DataException {
    return SmallText.lines(file, "a line a class");
  }

  /** Collects the names, whose labels must follow each other. */
  private static final class Builder {
    private final FileEntry file;
    private final List<String> names = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Optional<Integer> first = Optional.empty();

    Builder(FileEntry file) {
      this.file = file;
    }

    void add(int line, int label, String name, List<String> lines) throws DataException {
      if (first.isEmpty() && label > 1) {
        throw problem(line, "label 0 or 1 first", lines);
      }
      first = Optional.of(first.orElse(label));
      if (label != first.get() + names.size() || label >= ClassOrder.MAX_CLASSES) {
        throw problem(
            line,
            label >= ClassOrder.MAX_CLASSES
                ? "labels below " + ClassOrder.MAX_CLASSES
                : "label " + (first.get() + names.size()),
            lines);
      }
      if (!seen.add(name)) {
        throw problem(line, "a character of its own for label " + label, lines);
      }
      names.add(name);
    }

    DataException problem(int line, String expected, List<String> lines) {
      String found = line < lines.size() ? "'" + shortened(lines.get(line)) + "'" : "no line";
      return new DataException(
          "%s:%d: expected %s, found %s".formatted(file, line + 1, expected, found));
    }

    private static String shortened(String line) {
      return Printable.of(line.length() > 60 ? line.substring(0, 60) + "…" : line);
    }

    ClassMap build() throws DataException {
      if (names.size() < 2) {
        throw new DataException(
            "%s: expected a line for each of two classes or more, found %d"
                .formatted(file, names.size()));
      }
      return new ClassMap(file, first.orElse(0), names);
    }
  }
}
