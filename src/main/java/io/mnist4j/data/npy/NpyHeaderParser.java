package io.mnist4j.data.npy;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the text in an npy file's header: a Python dictionary with the keys {@code descr}, {@code
 * fortran_order} and {@code shape}, in any order, and of Python nothing else.
 */
final class NpyHeaderParser {
  private static final int MAX_DIMENSIONS = 32;

  /** The longest number of digits of which each fits into a long. */
  private static final int MAX_DIGITS = 18;

  private final String text;
  private int at;
  private String descr;
  private boolean fortranOrder;
  private final List<Long> shape = new ArrayList<>();

  private NpyHeaderParser(String text) {
    this.text = text;
  }

  /**
   * Reads a header.
   *
   * @param bytes that the header takes in the file with all that is before it
   * @throws ParseException if it is none; the message says what was expected and found
   */
  static NpyHeader parse(String text, int bytes) throws ParseException {
    NpyHeaderParser parser = new NpyHeaderParser(text);
    parser.dictionary();
    return new NpyHeader(parser.descr, parser.fortranOrder, parser.shape, bytes);
  }

  private void dictionary() throws ParseException {
    Set<String> missing = new HashSet<>(Set.of("descr", "fortran_order", "shape"));
    expect('{');
    while (!accept('}')) {
      int start = at;
      String key = string();
      if (!missing.remove(key)) {
        throw new ParseException(
            "expected the keys 'descr', 'fortran_order' and 'shape' once each, found '%s'"
                .formatted(shortened(key)),
            start);
      }
      expect(':');
      value(key);
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (!missing.isEmpty()) {
      throw new ParseException(
          "expected the keys 'descr', 'fortran_order' and 'shape', found no "
              + String.join(", ", missing.stream().sorted().toList()),
          at - 1);
    }
    skipSpace();
    if (at < text.length()) {
      throw unexpected("the end of the header");
    }
  }

  private void value(String key) throws ParseException {
    switch (key) {
      case "descr" -> {
        skipSpace();
        boolean simple = at < text.length() && isQuote(text.charAt(at));
        descr = simple ? string() : structure();
      }
      case "fortran_order" -> fortranOrder = bool();
      default -> tuple();
    }
  }

  private boolean bool() throws ParseException {
    skipSpace();
    for (String word : List.of("True", "False")) {
      if (text.startsWith(word, at)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw unexpected("True or False");
  }

  /** Sizes in parentheses; of one size with a comma, as Python wants it. */
  private void tuple() throws ParseException {
    expect('(');
    boolean comma = false;
    while (!accept(')')) {
      if (shape.size() == MAX_DIMENSIONS) {
        throw unexpected("at most %d dimensions".formatted(MAX_DIMENSIONS));
      }
      shape.add(size());
      comma = accept(',');
      if (!comma) {
        expect(')');
        break;
      }
    }
    if (shape.size() == 1 && !comma) {
      at--;
      throw unexpected("a comma, as in (%d,)".formatted(shape.get(0)));
    }
  }

  private long size() throws ParseException {
    skipSpace();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw unexpected("a size");
    }
    if (at - start > MAX_DIGITS) {
      throw new ParseException(
          "expected a size, found a number of %d digits".formatted(at - start), start);
    }
    long size = Long.parseLong(text.substring(start, at));
    // Python 2 wrote long integers so.
    if (at < text.length() && text.charAt(at) == 'L') {
      at++;
    }
    return size;
  }

  /** A type that consists of several is not read, only passed over. */
  private String structure() throws ParseException {
    if (at >= text.length() || "[(".indexOf(text.charAt(at)) < 0) {
      throw unexpected("the code of a type in quotes");
    }
    int depth = 0;
    do {
      skipSpace();
      if (at >= text.length()) {
        throw unexpected("the end of the type");
      }
      char c = text.charAt(at);
      if (isQuote(c)) {
        string();
      } else {
        depth += "[(".indexOf(c) >= 0 ? 1 : "])".indexOf(c) >= 0 ? -1 : 0;
        at++;
      }
    } while (depth > 0);
    return NpyHeader.STRUCTURED;
  }

  private String string() throws ParseException {
    skipSpace();
    if (at >= text.length() || !isQuote(text.charAt(at))) {
      throw unexpected("a string in quotes");
    }
    int end = text.indexOf(text.charAt(at), at + 1);
    if (end < 0) {
      throw new ParseException("expected a string in quotes, found no second quote", at);
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private void expect(char c) throws ParseException {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  private boolean accept(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private ParseException unexpected(String expected) {
    String found =
        at < text.length() ? "'" + shortened(text.substring(at)) + "'" : "the end of the header";
    return new ParseException("expected %s, found %s".formatted(expected, found), at);
  }

  private static String shortened(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "...";
  }
}
