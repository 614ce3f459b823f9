package io.mnist4j.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lines of comma-separated values, quoted as RFC 4180 says; a line ends with a line feed alone. */
public final class Csv {
  private Csv() {}

  /** One line with its end. */
  public static String row(Collection<?> cells) {
    return cells.stream()
        .map(String::valueOf)
        .map(Csv::cell)
        .collect(Collectors.joining(",", "", "\n"));
  }

  /** One value, in quotes where it holds a comma, a quote or a line break. */
  public static String cell(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
