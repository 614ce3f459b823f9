package io.mnist4j.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Box;
import io.mnist4j.digits.Digit;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturePredictionTest {
  private static final List<String> LABELS = List.of("a", "b");

  @Test
  void theLargestIsToldUnlessAllAreAskedFor() {
    List<RecognizedDigit> digits = List.of(digit(3, 3), digit(2, 9), digit(4, 4));
    PicturePrediction one = new PicturePrediction("x", LABELS, digits, false);
    assertEquals(List.of(digits.get(1)), one.told());
    assertTrue(one.hasMore());
    PicturePrediction all = new PicturePrediction("x", LABELS, digits, true);
    assertEquals(digits, all.told());
    assertFalse(all.hasMore());
    PicturePrediction none = new PicturePrediction("x", LABELS, List.of(), false);
    assertEquals(List.of(), none.told());
    assertFalse(none.hasMore());
  }

  private static RecognizedDigit digit(int width, int height) {
    return new RecognizedDigit(
        new Digit(new Box(0, 0, width, height), new GreyImage(1, 1, new byte[1])),
        new Prediction(LABELS, List.of(0.5f, 0.5f)));
  }
}
