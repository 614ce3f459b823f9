package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.Picture;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageAreaTest {
  private static final int SIDE = 128;
  private static final int PAPER = 0xfff0f0e8;

  private final int[] pixels = new int[SIDE * SIDE];

  PageAreaTest() {
    Arrays.fill(pixels, PAPER);
  }

  @Test
  void woodAlongASideIsNoPage() {
    fill(0, 0, 30, SIDE, 0xff5a4028);
    boolean[] desk = find().orElseThrow();
    assertTrue(desk[10 * SIDE + 60]);
    assertTrue(desk[30 * SIDE + 60]);
    assertFalse(desk[50 * SIDE + 60]);
  }

  /** It takes light, of all colours alike. */
  @Test
  void shadowLiesOnThePage() {
    fill(0, 0, 30, SIDE, 0xff787874);
    assertEquals(Optional.empty(), find());
  }

  /** A thick 1 with bare paper on both sides. */
  @Test
  void paperBesideAThickStrokeIsNoDesk() {
    fill(4, 40, SIDE - 4, 88, 0xff101010);
    fill(4, 20, 30, 60, 0xff101010);
    assertEquals(Optional.empty(), find());
  }

  /** A thick white ring on nothing, which a program wrote as black that is not seen. */
  @Test
  void whatIsTransparentIsNoDesk() {
    Arrays.fill(pixels, 0);
    fill(20, 20, SIDE - 20, SIDE - 20, 0xffffffff);
    fill(60, 60, SIDE - 60, SIDE - 60, 0);
    assertEquals(Optional.empty(), find());
  }

  private Optional<boolean[]> find() {
    return PageArea.desk(new Picture(SIDE, SIDE, pixels, 1));
  }

  private void fill(int top, int left, int bottom, int right, int colour) {
    for (int row = top; row < bottom; row++) {
      Arrays.fill(pixels, row * SIDE + left, row * SIDE + right, colour);
    }
  }
}
