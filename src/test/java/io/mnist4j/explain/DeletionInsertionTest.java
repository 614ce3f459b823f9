package io.mnist4j.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** On an image of two rows and three columns. */
class DeletionInsertionTest {
  private static final byte[] IMAGE = {10, 20, 30, 40, 50, 60};
  private static final Saliency SALIENCY =
      new Saliency(2, 3, new float[] {0.1f, 0.9f, -1, 0.5f, 0.1f, 0.3f});

  private final DeletionInsertion ways = new DeletionInsertion(2, 3);

  @Test
  void theMostImportantPixelsGoFirst() {
    byte[] target = new byte[1 + 3 * 6];
    ways.delete(IMAGE, SALIENCY, target, 1);
    assertEquals(3, ways.images());
    assertArrayEquals(
        new byte[] {0, 10, 20, 30, 40, 50, 60, 10, 0, 30, 0, 50, 0, 0, 0, 0, 0, 0, 0}, target);
  }

  @Test
  void theyComeFirstIntoTheBlurredImage() {
    byte[] blurred = ways.blurred(IMAGE);
    byte[] target = new byte[3 * 6];
    ways.insert(IMAGE, SALIENCY, target, 0);
    assertArrayEquals(
        new byte[] {
          blurred[0],
          blurred[1],
          blurred[2],
          blurred[3],
          blurred[4],
          blurred[5],
          blurred[0],
          20,
          blurred[2],
          40,
          blurred[4],
          60,
          10,
          20,
          30,
          40,
          50,
          60
        },
        target);
  }

  /** The kernel of 11x11 has its sum 1: in the middle of a large area it changes nothing. */
  @Test
  void blurringIsAMean() {
    byte[] area = new byte[15 * 15];
    Arrays.fill(area, (byte) 200);
    byte[] blurred = new DeletionInsertion(15, 15).blurred(area);
    assertEquals((byte) 200, blurred[7 * 15 + 7]);
    // In a corner six of eleven rows, and columns, are there, the heaviest among them.
    int corner = Byte.toUnsignedInt(blurred[0]);
    assertTrue(corner > 200 * 36 / 121 && corner < 200 * 0.4, "corner " + corner);
  }

  @Test
  void areaIsThatOfTrapezoids() {
    assertEquals(0.5, DeletionInsertion.area(new double[] {1, 0}));
    assertEquals(
        (0.5 + 0.6 + 0.1) / 3, DeletionInsertion.area(new double[] {1, 0.6, 0.1, 0}), 1e-12);
  }
}
