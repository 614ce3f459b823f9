package io.mnist4j.data.strokes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.random.SplitMix64;
import org.junit.jupiter.api.Test;

class RasterTest {
  @Test
  void inkFillsABoxOfTwentyPixelsWithItsMassInTheMiddle() {
    byte[] pixels = new byte[2 * 28 * 28];
    Skeleton skeleton = new Skeleton();
    skeleton.clear(new SplitMix64(1, 1), 0, 0);
    skeleton.start(0.3, 0).to(0.3, 1);
    skeleton.finish();
    new Raster().draw(skeleton, 1.5, pixels, 28 * 28);
    double mass = 0;
    double massX = 0;
    double massY = 0;
    int rows = 0;
    for (int row = 0; row < 28; row++) {
      boolean inked = false;
      for (int column = 0; column < 28; column++) {
        int ink = pixels[28 * 28 + row * 28 + column] & 0xff;
        assertEquals(0, pixels[row * 28 + column], "another image is left alone");
        mass += ink;
        massX += ink * (column + 0.5);
        massY += ink * (row + 0.5);
        inked |= ink > 0;
      }
      rows += inked ? 1 : 0;
    }
    assertEquals(20, rows);
    assertEquals(14.5, massX / mass, 0.5);
    assertEquals(14.5, massY / mass, 0.5);
    assertTrue(mass / 255 > 20 * 2 && mass / 255 < 20 * 4, "a stroke three pixels wide");
  }
}
