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
 * @param known whether that is sure enough; if not, it is taken for none of the network's classes
 */
public record RecognizedDigit(Digit digit, Prediction prediction, boolean known) {
  /** What stands for a digit that is not known. */
  private static final String UNKNOWN = "?";

  /** A digit that is taken for what its prediction says. */
  public RecognizedDigit(Digit digit, Prediction prediction) {
    this(digit, prediction, true);
  }

  /** The name of the most probable class; a question mark if it is not known. */
  public String name() {
    return known ? prediction.label() : UNKNOWN;
  }

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
