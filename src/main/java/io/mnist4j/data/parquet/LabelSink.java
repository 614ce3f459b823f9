package io.mnist4j.data.parquet;

import io.mnist4j.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labels: numbers, or names in the order in which they come. */
final class LabelSink implements ColumnSink {
  /** More than any data set of pictures of characters has. */
  private static final int MAX_NAMES = 4_096;

  private final int[] labels;
  private final Map<String, Integer> indices = new HashMap<>();
  private final List<String> found = new ArrayList<>();

  /** What the file calls its labels; empty if it does not say. */
  private final List<String> given;

  private int count;
  private int missing;

  LabelSink(int rows, List<String> given) {
    labels = new int[rows];
    this.given = given;
  }

  /** -1 is the hub's number for an image without a label. */
  @Override
  public void number(long value) throws ParquetFormatException {
    if (value == -1) {
      missing();
    } else if (value < 0 || value > Integer.MAX_VALUE) {
      throw wrong("a label from 0 on", "" + value);
    } else if (!given.isEmpty() && value >= given.size()) {
      throw wrong("a label below %d, as many as have names".formatted(given.size()), "" + value);
    } else {
      add((int) value);
    }
  }

  @Override
  public void bytes(byte[] block, int from, int length) throws ParquetFormatException {
    String name = new String(block, from, length, StandardCharsets.UTF_8);
    Integer known = indices.get(name);
    if (known == null) {
      if (name.isBlank() || !Printable.isName(name)) {
        throw wrong("a name of at most 1000 characters", "something else");
      }
      if (found.size() == MAX_NAMES) {
        throw wrong("at most %d different labels".formatted(MAX_NAMES), "more");
      }
      known = found.size();
      indices.put(name, known);
      found.add(name);
    }
    add(known);
  }

  @Override
  public void missing() throws ParquetFormatException {
    if (missing < count) {
      throw mixed();
    }
    missing++;
    count++;
  }

  private void add(int label) throws ParquetFormatException {
    if (missing > 0) {
      throw mixed();
    }
    labels[count++] = label;
  }

  private ParquetFormatException mixed() {
    return wrong("a label in each row or in none", "some");
  }

  private ParquetFormatException wrong(String expected, String value) {
    return new ParquetFormatException(
        "row %d, counted from 0: expected %s, found %s".formatted(count, expected, value));
  }

  /** The labels; empty if no row has one. */
  Optional<int[]> labels() {
    if (missing > 0) {
      return Optional.empty();
    }
    return Optional.of(areNumbers() ? numbers() : labels);
  }

  /** The names of the labels; empty where labels are numbers. */
  List<String> names() {
    return missing > 0 || areNumbers() ? List.of() : found.isEmpty() ? given : found;
  }

  /** Whether all texts are whole numbers. */
  private boolean areNumbers() {
    return !found.isEmpty() && found.stream().allMatch(name -> name.matches("[0-9]{1,9}"));
  }

  private int[] numbers() {
    int[] values = found.stream().mapToInt(Integer::parseInt).toArray();
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = values[labels[i]];
    }
    return numbers;
  }
}
