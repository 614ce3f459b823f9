package io.mnist4j.report.plot;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The first images of each class, a row for each, on one picture. */
public final class ContactSheet {
  private static final int GAP = 2;
  private static final byte FRAME = (byte) 96;

  private final ImageSet images;
  private final List<List<Integer>> rows = new ArrayList<>();

  /**
   * @param classes how many there are
   * @param columns images of each class, fewer where there are no more
   */
  public ContactSheet(ImageSet images, int classes, int columns) {
    this.images = images;
    for (int label = 0; label < classes; label++) {
      rows.add(new ArrayList<>());
    }
    for (int i = 0; i < images.size(); i++) {
      List<Integer> row = rows.get(images.label(i));
      if (row.size() < columns) {
        row.add(i);
      }
    }
  }

  /** The images of a class, as they are. */
  public List<GreyImage> row(int label) {
    return rows.get(label).stream().map(index -> GreyImage.of(images, index)).toList();
  }

  /** All rows, one below the other, with a line between images. */
  public Png picture() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int cellWidth = images.width() + GAP;
    int cellHeight = images.height() + GAP;
    int width = Math.max(1, columns) * cellWidth + GAP;
    int height = rows.size() * cellHeight + GAP;
    byte[] sheet = new byte[width * height];
    Arrays.fill(sheet, FRAME);
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < rows.get(row).size(); column++) {
        int start = rows.get(row).get(column) * images.pixelsPerImage();
        for (int y = 0; y < images.height(); y++) {
          int at = (GAP + row * cellHeight + y) * width + GAP + column * cellWidth;
          System.arraycopy(images.pixels(), start + y * images.width(), sheet, at, images.width());
        }
      }
    }
    return Png.grey(width, height, sheet);
  }
}
