package io.mnist4j.cli.terminal;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.report.plot.ContactSheet;
import java.util.List;

/** Some images of each class in text, a row of small ones for each class. */
public final class TextSheet {
  private static final String[] SHADES = {" ", "░", "▒", "▓", "█"};

  /** Characters of an image; they are about twice as high as wide. */
  private static final int COLUMNS = 14;

  private static final int ROWS = 7;
  private static final int IMAGES = 5;

  /** More would scroll away. */
  private static final int MAX_CLASSES = 10;

  private TextSheet() {}

  /** The first classes, each under its name. */
  public static String of(ContactSheet sheet, List<String> classNames) {
    StringBuilder text = new StringBuilder();
    for (int label = 0; label < Math.min(MAX_CLASSES, classNames.size()); label++) {
      List<GreyImage> images = sheet.row(label);
      if (!images.isEmpty()) {
        text.append('\n').append(classNames.get(label)).append('\n');
        addRow(text, images.subList(0, Math.min(IMAGES, images.size())));
      }
    }
    return text.toString();
  }

  private static void addRow(StringBuilder text, List<GreyImage> images) {
    List<GreyImage> small = images.stream().map(image -> image.stretched(ROWS, COLUMNS)).toList();
    for (int row = 0; row < ROWS; row++) {
      StringBuilder line = new StringBuilder();
      for (GreyImage image : small) {
        for (int column = 0; column < COLUMNS; column++) {
          line.append(SHADES[(image.at(row, column) * (SHADES.length - 1) + 127) / 255]);
        }
        line.append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
