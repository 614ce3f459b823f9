package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What is written is read again by the JDK's own reader. */
class PngTest {

  @Test
  void greyComesBack() throws Exception {
    byte[] pixels = noise(31 * 17);
    Png png = Png.grey(31, 17, pixels);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.bytes()));
    assertEquals(31, image.getWidth());
    assertEquals(17, image.getHeight());
    byte[] read = new byte[pixels.length];
    image.getRaster().getDataElements(0, 0, 31, 17, read);
    assertArrayEquals(pixels, read);
  }

  @Test
  void coloursComeBack() throws Exception {
    byte[] pixels = noise(300 * 2);
    byte[] palette = noise(256 * 3);
    Png png = Png.indexed(300, 2, pixels, palette);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.bytes()));
    for (int x = 0; x < 300; x++) {
      int color = 3 * Byte.toUnsignedInt(pixels[300 + x]);
      int expected =
          Byte.toUnsignedInt(palette[color]) << 16
              | Byte.toUnsignedInt(palette[color + 1]) << 8
              | Byte.toUnsignedInt(palette[color + 2]);
      assertEquals(expected, image.getRGB(x, 1) & 0xffffff);
    }
  }

  @Test
  void isAnAddressOfAPage() {
    Png png = Png.grey(1, 1, new byte[1]);
    String start = "data:image/png;base64,";
    assertTrue(png.dataUri().startsWith(start));
    assertArrayEquals(
        png.bytes(), Base64.getDecoder().decode(png.dataUri().substring(start.length())));
  }

  @Test
  void pixelsMustFitTheSize() {
    assertThrows(IllegalArgumentException.class, () -> Png.grey(2, 2, new byte[3]));
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
