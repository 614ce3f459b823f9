package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MnistNormalizerTest {

  private final MnistNormalizer normalizer = new MnistNormalizer(28, 28);

  @Test
  void mnistsOwnFormIsRecognised() {
    GreyImage digit = StrokesDigit.of(3);
    assertSame(digit, normalizer.recognise(digit).orElseThrow());
    assertEquals(digit.at(14, 14), normalizer.recognise(digit.inverted()).orElseThrow().at(14, 14));
    byte[] moved = new byte[784];
    System.arraycopy(digit.pixels(), 0, moved, 3, 781);
    assertEquals(Optional.empty(), normalizer.recognise(new GreyImage(28, 28, moved)));
    assertEquals(Optional.empty(), normalizer.recognise(new GreyImage(1, 784, digit.pixels())));
  }

  @Test
  void strokeWidthIsThatOfALine() {
    float[] box = new float[80 * 80];
    for (int row = 0; row < 80; row++) {
      for (int column = 30; column < 36; column++) {
        box[row * 80 + column] = 1;
      }
    }
    // 2 x 480 / (2 x 80 + 2 x 6), which is 6 but for the ends.
    assertEquals(5.6, MnistNormalizer.strokeWidth(box, 80), 0.3);
    assertEquals(0, MnistNormalizer.strokeWidth(new float[6_400], 80));
  }

  @Test
  void thinLinesAreThickened() {
    float[] ink = new float[100 * 100];
    for (int row = 10; row < 90; row++) {
      ink[row * 100 + 50] = 1;
    }
    InkImage line = new InkImage(100, 100, ink, false);
    GreyImage image = normalizer.of(ConnectedComponents.of(line).get(0), line);
    int sum = 0;
    for (int column = 0; column < 28; column++) {
      sum += image.at(14, column);
    }
    assertTrue(sum > 1.5 * 255, "a line of " + sum / 255.0 + " pixels");
  }
}
