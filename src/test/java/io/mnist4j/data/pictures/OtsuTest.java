package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OtsuTest {

  /** Ten pixels of tone 50 and thirty of tone 200: 0.25 x 0.75 x 150 squared. */
  @Test
  void twoTonesAreSplitInTheMiddle() {
    int[] histogram = new int[256];
    histogram[50] = 10;
    histogram[200] = 30;
    Otsu split = Otsu.of(histogram);
    assertEquals((50 + 199) / 2, split.threshold());
    assertEquals(4218.75, split.varianceBetween(), 1e-9);
    assertEquals(1, split.separability(), 1e-9);
  }

  @Test
  void anEvenRampHasThreeQuarters() {
    int[] histogram = new int[256];
    Arrays.fill(histogram, 7);
    assertEquals(127, Otsu.of(histogram).threshold());
    assertEquals(0.75, Otsu.of(histogram).separability(), 1e-3);
  }

  @Test
  void oneToneHasNothingToSeparate() {
    int[] histogram = new int[256];
    histogram[9] = 5;
    assertEquals(0, Otsu.of(histogram).separability());
    assertEquals(0, Otsu.of(histogram).varianceBetween());
  }
}
