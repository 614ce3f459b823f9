package io.mnist4j.digits;

import io.mnist4j.data.pictures.GreyImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** A form with a title and boxes in rows, a digit or nothing in each. */
public final class FormSheet {
  private static final int BOX = 64;
  private static final int MARGIN = 70;
  private static final Color BLUE = new Color(0x203070);

  private FormSheet() {}

  /**
   * Draws a form, as a scanner would see it.
   *
   * @param cells row by row, digits or null for nothing
   * @param gap pixels between boxes; 0 for common walls
   * @param degrees by which the sheet is turned
   * @return a PNG file
   */
  public static byte[] file(List<List<GreyImage>> cells, int gap, double degrees) {
    int step = BOX + gap;
    int width = cells.get(0).size() * step + 2 * MARGIN;
    int height = cells.size() * step + 3 * MARGIN;
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(new Color(244, 242, 236));
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.rotate(Math.toRadians(degrees), width / 2.0, height / 2.0);
    graphics.setColor(new Color(60, 60, 70));
    graphics.fill(new Rectangle2D.Double(MARGIN, 50, width / 2.0, 14));
    for (int row = 0; row < cells.size(); row++) {
      for (int column = 0; column < cells.get(row).size(); column++) {
        int left = MARGIN + column * step;
        int top = 2 * MARGIN + row * step;
        GreyImage digit = cells.get(row).get(column);
        if (digit != null) {
          graphics.drawImage(
              Rendering.onNothing(digit, BLUE), left + 6, top + 6, BOX - 12, BOX - 12, null);
        }
        graphics.setStroke(new BasicStroke(2));
        graphics.draw(new Rectangle2D.Double(left, top, BOX, BOX));
      }
    }
    graphics.dispose();
    return Rendering.file(sheet, "png");
  }
}
