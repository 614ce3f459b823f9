package io.mnist4j.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of an image in pixels.
 *
 * @param height rows, 1 to 4096
 * @param width columns, 1 to 4096
 */
public record ImageSize(int height, int width) {
  /** The longest side that an image of a data set may have. */
  public static final int MAX_SIDE = 4096;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})x([0-9]{1,4})");

  /**
   * @throws IllegalArgumentException if a side is out of range
   */
  public ImageSize {
    if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
      throw new IllegalArgumentException(
          "an image size must be 1x1 to %dx%d, not %dx%d"
              .formatted(MAX_SIDE, MAX_SIDE, height, width));
    }
  }

  /**
   * Reads a size such as {@code 28x28}, rows first.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ImageSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "an image size is written HEIGHTxWIDTH, such as 28x28, not '%s'".formatted(text));
    }
    return new ImageSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The size of square images of that many pixels; empty if they cannot be square. */
  public static Optional<ImageSize> square(long pixels) {
    int side = (int) Math.round(Math.sqrt((double) pixels));
    return (long) side * side == pixels && side >= 1 && side <= MAX_SIDE
        ? Optional.of(new ImageSize(side, side))
        : Optional.empty();
  }

  /** The number of pixels. */
  public int pixels() {
    return height * width;
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
