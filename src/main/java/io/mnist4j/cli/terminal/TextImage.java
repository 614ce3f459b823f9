package io.mnist4j.cli.terminal;

import io.mnist4j.data.pictures.GreyImage;

/** Images in text: two characters a pixel, for characters are about twice as high as wide. */
public final class TextImage {
  private static final String[] SHADES = {"  ", "░░", "▒▒", "▓▓", "██"};

  private TextImage() {}

  /** The image in a frame, a line a row: the more ink, the denser the block. */
  public static String of(GreyImage image) {
    StringBuilder text = new StringBuilder();
    String edge = "─".repeat(2 * image.width());
    text.append('┌').append(edge).append("┐\n");
    for (int row = 0; row < image.height(); row++) {
      text.append('│');
      for (int column = 0; column < image.width(); column++) {
        text.append(SHADES[(image.at(row, column) * (SHADES.length - 1) + 127) / 255]);
      }
      text.append("│\n");
    }
    return text.append('└').append(edge).append("┘\n").toString();
  }
}
