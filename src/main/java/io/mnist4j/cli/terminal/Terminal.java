package io.mnist4j.cli.terminal;

import picocli.CommandLine.Model.CommandSpec;

/**
 * Whether stderr is a terminal, and how wide its window is. The launcher knows: Java itself cannot
 * ask about stderr alone.
 *
 * @param interactive whether stderr is a terminal
 * @param color whether it may be written in colour
 * @param columns width in characters, at least 20
 */
public record Terminal(boolean interactive, boolean color, int columns) {
  /** Not a terminal. */
  static final Terminal NONE = new Terminal(false, false, 80);

  /** The terminal that a command's stderr is. */
  public static Terminal of(CommandSpec command) {
    boolean interactive = Boolean.getBoolean("mnist4j.terminal");
    // https://no-color.org: any value that is not empty forbids colour.
    String noColor = CommandContext.of(command).environment().getOrDefault("NO_COLOR", "");
    return new Terminal(
        interactive,
        interactive && noColor.isEmpty(),
        Math.max(20, Integer.getInteger("mnist4j.columns", 80)));
  }

  /**
   * A text with what would make a terminal do something, or write from right to left, shown by its
   * number: names in files that others made get into messages.
   */
  public static String printable(String text) {
    if (text.codePoints().noneMatch(Terminal::isUnsafe)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String number = c <= 0xff ? "\\x%02x" : "\\u%04x";
      printable.append(isUnsafe(c) ? number.formatted((int) c) : c);
    }
    return printable.toString();
  }

  private static boolean isUnsafe(int character) {
    return Character.isISOControl(character)
        // Separators of lines, and marks of directions (Unicode Standard Annex 9).
        || (character >= 0x2028 && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069)
        || character == 0x200e
        || character == 0x200f
        || character == 0x061c;
  }
}
