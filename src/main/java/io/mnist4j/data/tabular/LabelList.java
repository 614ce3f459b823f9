package io.mnist4j.data.tabular;

import io.mnist4j.errors.DataException;
import io.mnist4j.text.Printable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labels of images: whole numbers, or names as soon as one of them is no number. */
final class LabelList {
  /** More than any data set of pictures of characters has. */
  private static final int MAX_NAMES = 4_096;

  private static final int SHORT_NUMBER = 9;

  private int[] labels = new int[1_024];
  private int count;

  /** Label by name; empty as long as all are numbers. */
  private final Map<String, Integer> names = new LinkedHashMap<>();

  /** Whether no other names may occur than those that there are. */
  private final boolean closed;

  /** Whether the names are the numbers that they say. */
  private final boolean numbered;

  /** Labels as they come. */
  LabelList() {
    closed = false;
    numbered = false;
  }

  /**
   * Labels out of a list.
   *
   * @param values that may occur; if they are whole numbers, so are the labels
   */
  LabelList(List<String> values) {
    closed = true;
    numbered = values.stream().allMatch(LabelList::isNumber);
    for (String value : values) {
      names.put(value, numbered ? Integer.parseInt(value) : names.size());
    }
  }

  private static boolean isNumber(String text) {
    return text.matches("[0-9]{1,9}");
  }

  /** The labels so far. */
  int[] toArray() {
    return Arrays.copyOf(labels, count);
  }

  /** The names in the order of their labels; empty where labels are numbers. */
  List<String> names() {
    return numbered ? List.of() : List.copyOf(names.keySet());
  }

  int label(int row) {
    return labels[row];
  }

  /**
   * Adds what stands in a cell.
   *
   * @return what was expected in its place; empty if it was added
   */
  String add(TextLines lines, byte[] row, CellScanner cell) throws DataException {
    if (addNumber(row, cell.from, cell.to)) {
      return "";
    }
    byte[] content = cell.unescaped(row);
    return add(
        lines.string(content, 0, content.length), Decimals.parse(content, 0, content.length));
  }

  /** Adds a number of at most nine digits without a string; false if it is something else. */
  private boolean addNumber(byte[] text, int from, int to) {
    if (!names.isEmpty() || from == to || to - from > SHORT_NUMBER) {
      return false;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!Decimals.isDigit(text[i])) {
        return false;
      }
      value = 10 * value + text[i] - '0';
    }
    append(value);
    return true;
  }

  /**
   * Adds a label.
   *
   * @param value as a number; NaN if it is none
   * @return what was expected in its place; empty if it was added
   */
  String add(String text, double value) {
    boolean whole = value >= 0 && value <= Integer.MAX_VALUE && value == (int) value;
    if (!whole && !Double.isNaN(value)) {
      return "a label: a whole number from 0, or a name";
    }
    if (whole && names.isEmpty()) {
      append((int) value);
      return "";
    }
    String name = whole ? Integer.toString((int) value) : text;
    if (closed) {
      Integer known = names.get(names.containsKey(text) ? text : name);
      if (known == null) {
        return "one of the %d values that the attribute has".formatted(names.size());
      }
      append(known);
      return "";
    }
    if (name.isBlank() || !Printable.isName(name)) {
      return name.isBlank() ? "a label" : "a label of at most 1000 characters";
    }
    if (names.isEmpty()) {
      nameNumbers();
    }
    Integer known = names.get(name);
    if (known == null && names.size() == MAX_NAMES) {
      return "at most %d different labels".formatted(MAX_NAMES);
    }
    append(known == null ? names.size() : known);
    names.putIfAbsent(name, names.size());
    return "";
  }

  /** What was a number until now becomes a name. */
  private void nameNumbers() {
    Map<Integer, Integer> indices = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int number = labels[i];
      labels[i] = indices.computeIfAbsent(number, n -> indices.size());
      names.putIfAbsent(Integer.toString(number), labels[i]);
    }
  }

  private void append(int label) {
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, 2 * count);
    }
    labels[count++] = label;
  }
}
