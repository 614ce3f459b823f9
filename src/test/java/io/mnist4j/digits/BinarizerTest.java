package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinarizerTest {

  private static final int SIDE = 60;

  @Test
  void inkIsTheLesserPartDarkOrLight() {
    for (int paper : new int[] {230, 20}) {
      byte[] pixels = new byte[SIDE * SIDE];
      Arrays.fill(pixels, (byte) paper);
      for (int row = 20; row < 40; row++) {
        Arrays.fill(pixels, row * SIDE + 28, row * SIDE + 32, (byte) (250 - paper));
      }
      InkImage ink = Binarizer.find(new GreyImage(SIDE, SIDE, pixels)).orElseThrow();
      assertTrue(ink.isInk(30, 30), "paper " + paper);
      assertFalse(ink.isInk(30, 10), "paper " + paper);
      assertFalse(ink.uneven);
    }
  }

  /** Paper that grows dark towards the right, to a tone below that of the ink on the left. */
  @Test
  void unevenLightIsNoInk() {
    byte[] pixels = new byte[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int column = i % SIDE;
      boolean inked = (column == 10 || column == 50) && i / SIDE > 20 && i / SIDE < 40;
      pixels[i] = (byte) ((240 - 2 * column) * (inked ? 0.5 : 1));
    }
    InkImage ink = Binarizer.find(new GreyImage(SIDE, SIDE, pixels)).orElseThrow();
    assertTrue(ink.uneven);
    assertTrue(ink.isInk(30, 10));
    assertTrue(ink.isInk(30, 50));
    assertFalse(ink.isInk(30, 58));
  }

  @Test
  void littleContrastIsNoInk() {
    byte[] pixels = new byte[SIDE * SIDE];
    Arrays.fill(pixels, (byte) 120);
    Arrays.fill(pixels, 1_000, 1_030, (byte) 110);
    assertEquals(Optional.empty(), Binarizer.find(new GreyImage(SIDE, SIDE, pixels)));
  }
}
