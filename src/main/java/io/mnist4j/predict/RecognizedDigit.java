package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Digit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A digit of a picture with the prediction of what it is.
 *
 * @param digit where it was found, and what the network saw
 * @param prediction what the network says it is
 */
public record RecognizedDigit(Digit digit, Prediction prediction) {

  /** What a network is to be shown, in the same order. */
  public static List<GreyImage> images(List<Digit> digits) {
    return digits.stream().map(Digit::image).toList();
  }

  /** Digits with their predictions, which are as many and in the same order. */
  public static List<RecognizedDigit> all(List<Digit> digits, List<Prediction> predictions) {
    return IntStream.range(0, digits.size())
        .mapToObj(i -> new RecognizedDigit(digits.get(i), predictions.get(i)))
        .toList();
  }
}
