package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GreyImageTest {

  private final GreyImage image = new GreyImage(1, 3, new byte[] {0, (byte) 200, (byte) 255});

  @Test
  void pixelsAreUnsigned() {
    assertEquals(200, image.at(0, 1));
    assertArrayEquals(new float[] {0, 200, 255}, image.tones());
    assertArrayEquals(new byte[] {(byte) 255, 55, 0}, image.inverted().pixels());
    assertEquals(1, image.histogram()[200]);
    assertEquals(0, image.histogram()[1]);
  }

  @Test
  void sizesMustFit() {
    assertEquals(
        "3 pixels are not an image of 2x2",
        assertThrows(IllegalArgumentException.class, () -> new GreyImage(2, 2, image.pixels()))
            .getMessage());
  }
}
