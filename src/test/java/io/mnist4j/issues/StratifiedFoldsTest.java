package io.mnist4j.issues;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedFoldsTest {
  private static final ImageSet IMAGES = images(103);

  /** 70 of class 0, 30 of class 1, 3 of class 9. */
  private static ImageSet images(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i < 70 ? 0 : i < 100 ? 1 : 9);
    }
    return new ImageSet(1, 1, new byte[count], labels);
  }

  @Test
  void eachImageIsHeldOutOnceAndEachClassInItsShare() {
    StratifiedFolds folds = StratifiedFolds.of(IMAGES, 5, 1);
    int[] seen = new int[IMAGES.size()];
    for (int fold = 0; fold < 5; fold++) {
      int[] heldOut = folds.heldOut(fold);
      Arrays.stream(heldOut).forEach(image -> seen[image]++);
      assertTrue(heldOut.length == 20 || heldOut.length == 21, "images: " + heldOut.length);
      assertEquals(14, count(heldOut, 0));
      assertEquals(6, count(heldOut, 1));
      assertTrue(count(heldOut, 9) <= 1, "rare class");
    }
    assertTrue(IntStream.of(seen).allMatch(times -> times == 1), Arrays.toString(seen));
  }

  @Test
  void theSeedDecides() {
    int[] first = StratifiedFolds.of(IMAGES, 5, 1).heldOut(0);
    assertArrayEquals(first, StratifiedFolds.of(IMAGES, 5, 1).heldOut(0));
    assertFalse(Arrays.equals(first, StratifiedFolds.of(IMAGES, 5, 2).heldOut(0)));
  }

  private static long count(int[] images, int label) {
    return IntStream.of(images).filter(image -> IMAGES.label(image) == label).count();
  }
}
