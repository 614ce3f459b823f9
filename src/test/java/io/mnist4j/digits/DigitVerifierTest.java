package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.GreyImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The weights that come with the program, on what they were not made from. */
class DigitVerifierTest {
  private static final MnistNormalizer NORMALIZER = new MnistNormalizer(28, 28);
  private static final int IMAGES = 200;

  @Test
  void digitsOfAnotherHandAreDigits() {
    int right = 0;
    for (int i = 0; i < IMAGES; i++) {
      float[] probabilities = DigitVerifier.shipped().probabilities(StrokesDigit.of(i));
      assertEquals(10, probabilities.length);
      right += probabilities[StrokesDigit.label(i)] >= 0.5 ? 1 : 0;
    }
    assertTrue(right >= 0.8 * IMAGES, right + " of " + IMAGES);
  }

  @Test
  void lettersAndScribblesAreNone() {
    Random random = new Random(7);
    for (List<String> signs : List.of(NonDigits.UNSEEN, List.<String>of())) {
      long none =
          IntStream.range(0, IMAGES)
              .filter(i -> wholeDigit(alone(NonDigits.draw(signs, random))) < 0.5)
              .count();
      assertTrue(none >= 0.8 * IMAGES, none + " of " + IMAGES);
    }
  }

  @Test
  void aBlankImageHasProbabilities() {
    double sum = wholeDigit(new GreyImage(28, 28, new byte[28 * 28]));
    assertTrue(sum >= 0 && sum <= 1, "sum " + sum);
  }

  private static GreyImage alone(InkImage image) {
    return NORMALIZER.of(
        ConnectedComponents.of(image).stream().reduce(ConnectedComponent::with).orElseThrow(),
        image);
  }

  private static double wholeDigit(GreyImage image) {
    double sum = 0;
    for (float probability : DigitVerifier.shipped().probabilities(image)) {
      sum += probability;
    }
    return sum;
  }
}
