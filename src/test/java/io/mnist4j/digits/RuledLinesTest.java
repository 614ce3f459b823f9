package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RuledLinesTest {
  private static final int SIDE = 120;

  private final float[] taken = new float[SIDE * SIDE];

  @Test
  void linesGoAndTheStrokeThatCrossesThemStays() {
    fill(20, 57, 100, 63, 200);
    float[] stroke = taken.clone();
    for (int column = 0; column < SIDE; column++) {
      for (int row = 30; row < 110; row += 30) {
        int there = row + column / 30;
        fill(there, column, there + 2, column + 1, 90);
      }
    }
    fill(20, 57, 100, 63, 200);
    RuledLines.erase(taken, SIDE, SIDE, 20);
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        // Where the stroke is, and beside it where line and stroke are one piece.
        if (column < 55 || column > 65 || (column > 58 && column < 62)) {
          assertEquals(stroke[row * SIDE + column], at(row, column), row + ", " + column);
        }
      }
    }
  }

  /** The bar of a 4 in a picture that is cut to the digit. */
  @Test
  void oneStrokeOverACroppedPictureIsNoLine() {
    fill(70, 0, 72, SIDE, 200);
    fill(0, 20, 70, 26, 200);
    fill(30, 80, SIDE, 86, 200);
    float[] before = taken.clone();
    RuledLines.erase(taken, SIDE, SIDE, 20);
    assertArrayEquals(before, taken);
  }

  @Test
  void boxAroundADigitGoes() {
    fill(50, 58, 70, 62, 200);
    float[] digit = taken.clone();
    fill(30, 30, 32, 90, 200);
    fill(88, 30, 90, 90, 200);
    fill(30, 30, 90, 32, 200);
    fill(30, 88, 90, 90, 200);
    assertEquals(4, RuledLines.eraseBox(taken, SIDE, SIDE, 20));
    assertArrayEquals(digit, taken);
  }

  /** It goes from the upper side to the lower one, and so through a part of the columns alone. */
  @Test
  void foldAcrossAWidePictureGoes() {
    int width = 4 * SIDE;
    float[] wide = new float[SIDE * width];
    float[] digit = new float[SIDE * width];
    for (int row = 30; row < 90; row++) {
      for (int column = 100; column < 104; column++) {
        digit[row * width + column] = 200;
      }
    }
    System.arraycopy(digit, 0, wide, 0, wide.length);
    for (int column = 0; column < 200; column++) {
      int there = (int) (0.6 * column);
      wide[Math.min(SIDE - 1, there) * width + 200 + column] = 90;
    }
    RuledLines.eraseFolds(wide, SIDE, width, 20);
    assertArrayEquals(digit, wide);
  }

  private void fill(int top, int left, int bottom, int right, float tone) {
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        taken[row * SIDE + column] = tone;
      }
    }
  }

  private float at(int row, int column) {
    return taken[row * SIDE + column];
  }
}
