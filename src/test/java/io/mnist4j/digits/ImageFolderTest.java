package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.DataException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final int SIDE = 28;

  @TempDir Path folder;

  /** A black bar of 20x120 on white, far from the middle. */
  private void drawBar(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    BufferedImage picture = new BufferedImage(200, 150, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 200, 150);
    graphics.setColor(Color.BLACK);
    graphics.fillRect(20, 15, 20, 120);
    graphics.dispose();
    ImageIO.write(picture, "png", file.toFile());
  }

  @Test
  void charactersAreFoundAndCentred() throws Exception {
    drawBar(folder.resolve("1/bar.PNG"));
    ImageFolder read = ImageFolder.read(folder, List.of("0", "1"), SIDE, SIDE);
    ImageSet images = read.images();
    assertEquals(1, images.size());
    assertEquals(1, images.label(0));
    assertEquals(List.of(Path.of("1/bar.PNG").toString()), read.files());
    // MNIST's box: 20 rows high, in the middle.
    assertEquals(20, rowsOfInk(images));
    assertTrue(tone(images, 14, 14) > 200);
    assertEquals(0, tone(images, 14, 4));
  }

  @Test
  void otherThingsAreOnlyScaled() throws Exception {
    drawBar(folder.resolve("1/bar.png"));
    ImageSet images = ImageFolder.read(folder, List.of("nothing", "bar"), SIDE, SIDE).images();
    assertEquals(0, tone(images, 14, 14));
    assertTrue(tone(images, 14, 4) > 200, "the bar stays where it is, and is ink now");
  }

  @Test
  void isToldFromOtherFolders() throws Exception {
    assertFalse(ImageFolder.isOne(folder));
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/text.txt"), "");
    assertFalse(ImageFolder.isOne(folder));
    drawBar(folder.resolve("b/bar.png"));
    assertTrue(ImageFolder.isOne(folder));
  }

  @Test
  void whatIsNotReadIsNamed() throws Exception {
    Files.createDirectories(folder.resolve("0"));
    DataException empty =
        assertThrows(DataException.class, () -> ImageFolder.read(folder, List.of("0"), 2, 2));
    assertTrue(empty.getMessage().endsWith("there is no picture in its folders"));
    Path file = Files.writeString(folder.resolve("0/photo.webp"), "RIFF    WEBP");
    DataException webp =
        assertThrows(DataException.class, () -> ImageFolder.read(folder, List.of("0"), 2, 2));
    assertEquals(
        file + ": a WebP picture; PNG, JPEG, GIF, BMP and TIFF are read", webp.getMessage());
  }

  private static int rowsOfInk(ImageSet images) {
    int rows = 0;
    for (int row = 0; row < SIDE; row++) {
      boolean ink = false;
      for (int column = 0; column < SIDE; column++) {
        ink |= tone(images, row, column) > 100;
      }
      rows += ink ? 1 : 0;
    }
    return rows;
  }

  private static int tone(ImageSet images, int row, int column) {
    return Byte.toUnsignedInt(images.pixels()[row * SIDE + column]);
  }
}
