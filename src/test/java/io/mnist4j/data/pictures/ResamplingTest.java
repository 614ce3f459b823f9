package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ResamplingTest {

  private final Resampling image = new Resampling(new float[] {0, 4, 8, 12, 1, 1, 1, 1}, 2, 4);

  @Test
  void theSameGridGivesTheSameImage() {
    assertArrayEquals(new float[] {0, 4, 8, 12, 1, 1, 1, 1}, image.to(0, 0, 1, 1, 2, 4));
  }

  @Test
  void downIsTheMeanOfTheArea() {
    assertArrayEquals(new float[] {1.5f, 5.5f}, image.to(0, 0, 2, 2, 1, 2));
    // Half a pixel, a whole one, half a pixel: (0 + 2 x 4 + 8) / 4.
    assertArrayEquals(new float[] {4}, image.to(0, 0.5, 1, 2, 1, 1), 1e-6f);
  }

  @Test
  void upIsLinearAndOutsideIsNothing() {
    float[] twice = image.to(0, 0, 1, 0.5, 1, 8);
    assertArrayEquals(new float[] {0, 1, 3, 5, 7, 9, 11, 9}, twice, 1e-6f);
    assertArrayEquals(new float[] {0}, image.to(0, 5, 1, 1, 1, 1));
  }
}
