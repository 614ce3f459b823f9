package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InkSeamsTest {
  private static final int HEIGHT = 40;
  private static final int WIDTH = 60;

  /** Two strokes that lean side by side, so that no column has paper alone. */
  @Test
  void aSeamLeansWithTheStrokesThatItParts() {
    InkSeams seams = seams(leaning(10), leaning(22));
    int between =
        IntStream.range(1, seams.last())
            .filter(seam -> seams.inkAcross(seam) == 0)
            .filter(seam -> seams.pixels(0, seam) == seams.pixels(seam, seams.last()))
            .findFirst()
            .orElseThrow();
    ConnectedComponent left = seams.between(0, between).orElseThrow();
    ConnectedComponent right = seams.between(between, seams.last()).orElseThrow();
    assertEquals(HEIGHT, left.height());
    assertEquals(HEIGHT, right.height());
    assertTrue(left.right() > right.left(), "they overlap");
    assertEquals(left.width(), right.width());
  }

  @Test
  void thePartsAreAllOfTheInkAndNoneOfItTwice() {
    InkSeams seams = seams(leaning(5), leaning(9));
    int all = seams.between(0, seams.last()).orElseThrow().area();
    int sum = IntStream.range(0, seams.last()).map(i -> seams.pixels(i, i + 1)).sum();
    assertEquals(all, sum);
    assertEquals(sum, seams.pixels(0, seams.last()));
  }

  /** Away from its ends a bar has no seam that crosses less of it than it is thick. */
  @Test
  void inkThatIsCutCosts() {
    boolean[] bar = new boolean[HEIGHT * WIDTH];
    for (int column = 0; column < WIDTH; column++) {
      for (int row = 18; row < 22; row++) {
        bar[row * WIDTH + column] = true;
      }
    }
    InkSeams seams = seams(bar);
    for (int seam = 10; seam < seams.last() - 10; seam++) {
      assertEquals(4.0 / HEIGHT, seams.inkAcross(seam), 1e-6);
    }
    assertEquals(WIDTH, seams.width(0, seams.last()));
  }

  /** A stroke of 4 pixels from the bottom up to the right. */
  private static boolean[] leaning(int left) {
    boolean[] ink = new boolean[HEIGHT * WIDTH];
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < 4; column++) {
        ink[row * WIDTH + left + column + (HEIGHT - 1 - row) / 2] = true;
      }
    }
    return ink;
  }

  private static InkSeams seams(boolean[]... strokes) {
    float[] ink = new float[HEIGHT * WIDTH];
    for (boolean[] stroke : strokes) {
      for (int i = 0; i < ink.length; i++) {
        ink[i] = stroke[i] ? 1 : ink[i];
      }
    }
    InkImage image = new InkImage(HEIGHT, WIDTH, ink, false);
    ConnectedComponent all =
        ConnectedComponents.of(image).stream().reduce(ConnectedComponent::with).orElseThrow();
    return new InkSeams(all, image, HEIGHT, 2);
  }
}
