package io.mnist4j.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the numbers mean that a network takes: which one stands for paper and which for full ink.
 * What lies between is in proportion.
 *
 * @param paper finite, and not the same as
 * @param ink finite
 */
public record InputRange(double paper, double ink) {
  /** Pixels / 255: what mnist4j's own networks take. */
  public static final InputRange UNIT = new InputRange(0, 1);

  /** Pixels as they are in the files. */
  public static final InputRange BYTES = new InputRange(0, 255);

  private static final Pattern TEXT =
      Pattern.compile("([^.]+(?:\\.\\d+)?)\\.\\.([^.]+(?:\\.\\d+)?)");

  /**
   * @throws IllegalArgumentException if nothing could be told apart; the message says so
   */
  public InputRange {
    if (!Double.isFinite(paper) || !Double.isFinite(ink) || paper == ink) {
      throw new IllegalArgumentException(
          "paper and ink must be two different numbers, not %s and %s".formatted(paper, ink));
    }
  }

  /**
   * The range that {@link #toString} wrote, such as {@code 0..255}, or {@code 1..0} for dark ink on
   * light paper.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static InputRange parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    try {
      if (matcher.matches()) {
        return new InputRange(
            Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
      }
    } catch (NumberFormatException e) {
      // The same message will do.
    }
    throw new IllegalArgumentException(
        "a range is PAPER..INK, such as 0..1, 0..255, 1..0 or -1..1, not '%s'".formatted(text));
  }

  /** What is left when all numbers are multiplied and then shifted. */
  public InputRange rescaled(double factor, double offset) {
    return new InputRange(paper * factor + offset, ink * factor + offset);
  }

  /** Such as {@code 0..255}. */
  @Override
  public String toString() {
    return text(paper) + ".." + text(ink);
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf((float) value);
  }
}
