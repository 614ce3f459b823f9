package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final int SIDE = 400;

  /** A thousand pairs of pieces, each of which is one digit. */
  @Test
  void thousandsOfPiecesAreJoined() {
    float[] ink = new float[SIDE * SIDE];
    for (int row = 0; row + 20 <= SIDE; row += 20) {
      for (int column = 0; column + 8 <= SIDE; column += 8) {
        fill(ink, row, column, 10);
        fill(ink, row + 11, column, 5);
      }
    }
    List<ConnectedComponent> digits = Layout.digits(new InkImage(SIDE, SIDE, ink, false));
    assertEquals(20 * 50, digits.size());
    assertEquals(16, digits.get(0).height());
    assertEquals(8, digits.get(1).left());
  }

  /** What is joined may reach a piece that stands before it. */
  @Test
  void whatHasBecomeLargerIsComparedAgain() {
    float[] ink = new float[SIDE * SIDE];
    // The second and the third are a digit; only both together come close to the first.
    fill(ink, 100, 100, 40);
    fill(ink, 142, 100, 20);
    fill(ink, 163, 100, 20);
    List<ConnectedComponent> digits = Layout.digits(new InkImage(SIDE, SIDE, ink, false));
    assertEquals(1, digits.size());
    assertEquals(83, digits.get(0).height());
  }

  /** The specks say nothing of how high digits are. */
  @Test
  void aOneAmongSpecksIsNoWall() {
    float[] ink = new float[SIDE * SIDE];
    fill(ink, 100, 100, 90);
    for (int i = 0; i < 5; i++) {
      fill(ink, 20, 20 + 60 * i, 3, 3);
    }
    List<ConnectedComponent> digits = Layout.digits(new InkImage(SIDE, SIDE, ink, true));
    assertEquals(1, digits.size());
    assertEquals(90, digits.get(0).height());
  }

  /** As the upper and the lower part of a wide 5 whose stroke has a gap. */
  @Test
  void flatPiecesOneAboveTheOtherAreOneDigit() {
    float[] ink = new float[SIDE * SIDE];
    fill(ink, 100, 100, 30, 50);
    fill(ink, 134, 95, 30, 50);
    assertEquals(1, Layout.digits(new InkImage(SIDE, SIDE, ink, false)).size());
    // Whole digits in two rows stay two.
    float[] rows = new float[SIDE * SIDE];
    fill(rows, 100, 100, 30, 20);
    fill(rows, 134, 95, 30, 20);
    assertEquals(2, Layout.digits(new InkImage(SIDE, SIDE, rows, false)).size());
  }

  private static void fill(float[] ink, int top, int left, int height) {
    fill(ink, top, left, height, 6);
  }

  private static void fill(float[] ink, int top, int left, int height, int width) {
    for (int row = top; row < top + height; row++) {
      for (int column = left; column < left + width; column++) {
        ink[row * SIDE + column] = 1;
      }
    }
  }
}
