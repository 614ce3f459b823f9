package io.mnist4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ImageSetTest {
  /** Four images of one row and two columns; image i has the pixels 10 i and 10 i + 1. */
  private static final ImageSet FOUR =
      new ImageSet(
          1, 2, new byte[] {0, 1, 10, 11, 20, 21, 30, 31}, new byte[] {(byte) 200, 3, 5, 3});

  @Test
  void sizesThatContradictEachOtherAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new ImageSet(1, 2, new byte[5], new byte[2]));
    assertThrows(
        IllegalArgumentException.class, () -> new ImageSet(0, 2, new byte[0], new byte[0]));
  }

  @Test
  void labelsAreUnsigned() {
    assertEquals(200, FOUR.label(0));
    assertEquals(4, FOUR.size());
    assertEquals(2, FOUR.pixelsPerImage());
  }

  @Test
  void aSubsetHasTheOrderOfItsIndices() {
    ImageSet some = FOUR.subset(new int[] {2, 0});
    assertArrayEquals(new byte[] {20, 21, 0, 1}, some.pixels());
    assertArrayEquals(new byte[] {5, (byte) 200}, some.labels());
  }

  @Test
  void whatIsLeftKeepsItsOrder() {
    ImageSet rest = FOUR.without(new int[] {3, 1});
    assertArrayEquals(new byte[] {0, 1, 20, 21}, rest.pixels());
  }

  @Test
  void chosenClassesAreNumberedAnew() {
    ImageSet chosen = FOUR.ofClasses(new int[] {3, 200});
    assertArrayEquals(new byte[] {1, 0, 0}, chosen.labels());
    assertArrayEquals(new byte[] {0, 1, 10, 11, 30, 31}, chosen.pixels());
    assertEquals(200, FOUR.label(0), "the set itself stays as it was");
  }
}
