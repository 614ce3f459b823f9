package io.mnist4j.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  /**
   * The values of one line, which holds no line break in quotes.
   *
   * @throws IllegalArgumentException if a quote is not closed, or something follows a closed one
   */
  public static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    do {
      StringBuilder cell = new StringBuilder();
      at =
          at < line.length() && line.charAt(at) == '"'
              ? quoted(line, at + 1, cell)
              : plain(line, at, cell);
      if (at < line.length() && line.charAt(at) != ',') {
        throw new IllegalArgumentException("a comma is missing after a quote");
      }
      cells.add(cell.toString());
      at++;
    } while (at <= line.length());
    return cells;
  }

  private static int plain(String line, int start, StringBuilder cell) {
    int end = line.indexOf(',', start);
    int at = end < 0 ? line.length() : end;
    cell.append(line, start, at);
    return at;
  }

  private static int quoted(String line, int start, StringBuilder cell) {
    for (int at = start; at < line.length(); at++) {
      if (line.charAt(at) != '"') {
        cell.append(line.charAt(at));
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        cell.append('"');
        at++;
      } else {
        return at + 1;
      }
    }
    throw new IllegalArgumentException("a quote is not closed");
  }

  /** One value, in quotes where it holds a comma, a quote or a line break. */
  public static String cell(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * The number in a cell.
   *
   * @throws NumberFormatException if there is none, or one that is not finite
   */
  public static double number(String cell) {
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(cell);
    }
    return value;
  }

  /** The same; null where the cell is empty. */
  public static Double numberIfAny(String cell) {
    return cell.isEmpty() ? null : (Double) number(cell);
  }
}
