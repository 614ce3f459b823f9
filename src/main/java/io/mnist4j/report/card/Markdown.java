package io.mnist4j.report.card;

import io.mnist4j.text.Printable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Markdown in which every text from a file is shown as it is, whatever is in it. */
final class Markdown {
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>()#!|~&$]");
  private static final Pattern CODE = Pattern.compile("[\\w ./:=,\\[\\]{}+-]+");

  private final StringBuilder text = new StringBuilder();

  /** A text with nothing in it that means something to Markdown or HTML. */
  static String plain(String text) {
    String oneLine = Printable.of(text).strip();
    return SPECIAL.matcher(oneLine).replaceAll(match -> "\\\\\\" + match.group());
  }

  /** A text in the letters of code, where nothing in it could end them. */
  static String code(String text) {
    return CODE.matcher(text).matches() && !text.isBlank() ? "`" + text.strip() + "`" : plain(text);
  }

  void heading(int level, String title) {
    text.append(text.isEmpty() ? "" : "\n").append("#".repeat(level)).append(' ');
    text.append(title).append("\n\n");
  }

  void line(String line) {
    text.append(line).append('\n');
  }

  /** Code of many lines, none of which may be a fence. */
  void block(String language, String code) {
    text.append("```").append(language).append('\n').append(code.stripTrailing());
    text.append("\n```\n");
  }

  /**
   * A table.
   *
   * @param header names of the columns
   * @param rows as many cells in each, in Markdown already
   */
  void table(List<String> header, List<List<String>> rows) {
    row(header);
    row(header.stream().map(column -> "---").toList());
    rows.forEach(this::row);
  }

  private void row(List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
