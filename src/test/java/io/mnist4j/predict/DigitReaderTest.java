package io.mnist4j.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.predict.DigitReader.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigitReaderTest {
  private static final int WHITE = 0xffffffff;
  private static final int BLACK = 0xff000000;
  private static final int HEIGHT = 80;
  private static final int WIDTH = 160;

  private final List<GreyImage> shown = new ArrayList<>();

  /** Predicts class 1 for the first image that it is shown, and class 0 for the others. */
  private final DigitReader reader =
      new DigitReader(
          28,
          28,
          List.of("left", "right"),
          images -> {
            shown.addAll(images);
            List<Prediction> predictions = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
              List<Float> outputs = i == 0 ? List.of(0.1f, 0.9f) : List.of(0.8f, 0.2f);
              predictions.add(new Prediction(List.of("left", "right"), outputs));
            }
            return predictions;
          },
          0);

  @Test
  void digitsThatStandApartAreReadFromLeftToRight() {
    List<RecognizedDigit> digits = reader.read(twoStrokes(), Scope.DIGITS);
    assertEquals(2, digits.size());
    assertEquals("right", digits.get(0).prediction().label());
    assertEquals(30, digits.get(0).digit().box().x());
    assertEquals("left", digits.get(1).prediction().label());
    assertEquals(110, digits.get(1).digit().box().x());
    assertSame(shown.get(1), digits.get(1).digit().image());
    assertEquals(28, shown.get(0).height());
    assertEquals(28, shown.get(0).width());
  }

  @Test
  void asIsTakesTheWholePicture() {
    List<RecognizedDigit> digits = reader.read(twoStrokes(), Scope.AS_IS);
    assertEquals(1, digits.size());
    assertEquals(WIDTH, digits.get(0).digit().box().width());
    assertEquals(HEIGHT, digits.get(0).digit().box().height());
    // Paper stays light.
    assertEquals(255, shown.get(0).at(0, 0));
  }

  @Test
  void aBlankPictureHasNoDigits() {
    int[] white = new int[HEIGHT * WIDTH];
    Arrays.fill(white, WHITE);
    Picture blank = new Picture(HEIGHT, WIDTH, white, 1);
    assertEquals(List.of(), reader.read(blank, Scope.DIGITS));
    assertEquals(List.of(), reader.read(blank, Scope.STRIP));
  }

  /** Two upright strokes of 6x50 pixels. */
  private static Picture twoStrokes() {
    int[] pixels = new int[HEIGHT * WIDTH];
    Arrays.fill(pixels, WHITE);
    for (int row = 15; row < 65; row++) {
      for (int column = 0; column < 6; column++) {
        pixels[row * WIDTH + 30 + column] = BLACK;
        pixels[row * WIDTH + 110 + column] = BLACK;
      }
    }
    return new Picture(HEIGHT, WIDTH, pixels, 1);
  }
}
