package io.mnist4j.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InkBoundsTest {
  @Test
  void everyPairOfPixelsIsBoundedAtEveryWidth() {
    for (int width : new int[] {1, 2, 7, 8, 9, 15, 16, 17, 28}) {
      int height = 3;
      InkBounds bounds = new InkBounds(height, width);
      for (int a = 0; a < height * width; a++) {
        for (int b = a; b < height * width; b++) {
          // Ink around the image, which is not the image's.
          byte[] pixels = new byte[height * width + 2];
          pixels[0] = 1;
          pixels[pixels.length - 1] = 1;
          pixels[1 + a] = 1;
          pixels[1 + b] = (byte) 0x80;
          assertTrue(bounds.find(pixels, 1));
          int[] expected = {
            Math.min(a % width, b % width), Math.max(a % width, b % width), a / width, b / width
          };
          assertArrayEquals(
              expected, new int[] {bounds.left(), bounds.right(), bounds.top(), bounds.bottom()});
        }
      }
    }
  }

  @Test
  void paperHasNone() {
    byte[] pixels = {1, 0, 0, 0, 0, 1};
    assertFalse(new InkBounds(2, 2).find(pixels, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> new InkBounds(2, 2).find(pixels, 3));
  }
}
