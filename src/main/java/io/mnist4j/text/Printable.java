package io.mnist4j.text;

/** Texts that may hold names from files of strangers, for a terminal. */
public final class Printable {
  private static final int MAX_NAME = 1_000;

  private Printable() {}

  /**
   * Whether a text can name a class or a data set: up to 1,000 characters, no control character.
   */
  public static boolean isName(String text) {
    return text.length() <= MAX_NAME && text.chars().noneMatch(Character::isISOControl);
  }

  /**
   * One line, with the numbers of characters that would change how a terminal shows the rest of it:
   * control characters, line separators, and invisible ones, such as marks of directions (Unicode
   * Standard Annex 9).
   */
  public static String of(String text) {
    return replaced(text, "");
  }

  /** The same for several lines, whose tabs and ends stay. */
  public static String lines(String text) {
    return replaced(text, "\n\t" + System.lineSeparator());
  }

  private static String replaced(String text, String allowed) {
    if (text.codePoints().allMatch(c -> !isUnsafe(c) || allowed.indexOf(c) >= 0)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (!isUnsafe(c) || allowed.indexOf(c) >= 0) {
                printable.appendCodePoint(c);
              } else {
                printable.append((c <= 0xff ? "\\x%02x" : "\\u%04x").formatted(c));
              }
            });
    return printable.toString();
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Joiners are part of the words of several languages, and soft hyphens do no harm.
      case Character.FORMAT -> character != 0x200c && character != 0x200d && character != 0xad;
      default -> false;
    };
  }
}
