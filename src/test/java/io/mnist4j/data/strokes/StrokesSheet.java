package io.mnist4j.data.strokes;

import io.mnist4j.data.ImageSet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Makes the picture of the documentation: ten images of each digit, a row for each. */
final class StrokesSheet {
  private static final int COLUMNS = 10;
  private static final int ZOOM = 2;

  private StrokesSheet() {}

  /**
   * Writes the sheet as PNG.
   *
   * @param args the file, {@code docs/strokes.png} if there is none
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length > 0 ? args[0] : "docs/strokes.png");
    ImageSet images = Strokes.generate(Strokes.TRAIN_SEED, 10 * COLUMNS);
    int height = images.height();
    int width = images.width();
    BufferedImage sheet =
        new BufferedImage(COLUMNS * width * ZOOM, 10 * height * ZOOM, BufferedImage.TYPE_BYTE_GRAY);
    // Each ten images hold each digit once.
    for (int image = 0; image < images.size(); image++) {
      int left = image / 10 * width * ZOOM;
      int top = images.label(image) * height * ZOOM;
      for (int y = 0; y < height * ZOOM; y++) {
        for (int x = 0; x < width * ZOOM; x++) {
          int at = (image * height + y / ZOOM) * width + x / ZOOM;
          int ink = Byte.toUnsignedInt(images.pixels()[at]);
          sheet.getRaster().setSample(left + x, top + y, 0, 255 - ink);
        }
      }
    }
    ImageIO.write(sheet, "png", file.toFile());
  }
}
