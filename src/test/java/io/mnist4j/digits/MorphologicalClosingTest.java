package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MorphologicalClosingTest {

  /** A dark line of one pixel goes; a dark half of the picture stays. */
  @Test
  void whatIsNarrowAndDarkIsFilled() {
    float[] row = {9, 9, 1, 9, 9, 9, 2, 2, 2, 2};
    float[] filled = {9, 9, 9, 9, 9, 9, 2, 2, 2, 2};
    assertArrayEquals(filled, MorphologicalClosing.of(row, 1, 10, 1));
    assertArrayEquals(filled, MorphologicalClosing.of(row, 10, 1, 1));
  }

  /** The formula itself: the least of the largest values, with the border repeated. */
  @Test
  void randomValuesFollowTheDefinition() {
    Random random = new Random(3);
    int height = 7;
    int width = 11;
    int reach = 2;
    float[] values = new float[height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(100);
    }
    float[] closed = MorphologicalClosing.of(values, height, width, reach);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        float least = Float.MAX_VALUE;
        for (int i = 0; i < 25; i++) {
          float largest = 0;
          for (int j = 0; j < 25; j++) {
            int r = row + i / 5 + j / 5 - 2 * reach;
            int c = column + i % 5 + j % 5 - 2 * reach;
            int inside =
                Math.max(0, Math.min(height - 1, r)) * width + Math.max(0, Math.min(width - 1, c));
            largest = Math.max(largest, values[inside]);
          }
          least = Math.min(least, largest);
        }
        assertEquals(least, closed[row * width + column], row + ", " + column);
      }
    }
  }
}
