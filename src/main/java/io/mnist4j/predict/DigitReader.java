package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.Digit;
import io.mnist4j.digits.DigitFinder;
import java.util.List;
import java.util.function.Function;

/** Reads the digits in a picture: finds them and predicts what each is. */
public final class DigitReader {

  /** What is read of a picture. */
  public enum Scope {
    /** The digits that stand apart; a picture of one digit has one. */
    DIGITS,
    /** The digits of a strip, those that touch cut apart. */
    STRIP,
    /** The whole picture, only scaled to the network's size. */
    AS_IS
  }

  private final DigitFinder finder;
  private final Function<List<GreyImage>, List<Prediction>> predict;

  public DigitReader(Classifier classifier) {
    this(classifier.height(), classifier.width(), classifier::predict);
  }

  /**
   * @param height rows of the images that the network takes
   * @param width columns of the images that the network takes
   * @param predict one prediction for each image, in their order
   */
  public DigitReader(int height, int width, Function<List<GreyImage>, List<Prediction>> predict) {
    this.finder = new DigitFinder(height, width);
    this.predict = predict;
  }

  /** The digits from left to right, row by row; none if the picture is blank. */
  public List<RecognizedDigit> read(Picture picture, Scope scope) {
    List<Digit> digits = find(picture, scope);
    return RecognizedDigit.all(digits, predict.apply(RecognizedDigit.images(digits)));
  }

  /** The digits as the network is to see them, in the same order, not yet recognized. */
  public List<Digit> find(Picture picture, Scope scope) {
    return switch (scope) {
      case DIGITS -> finder.find(picture);
      case STRIP -> finder.findTouching(picture, this::confidence);
      case AS_IS -> List.of(finder.asIs(picture));
    };
  }

  private List<Float> confidence(List<GreyImage> images) {
    return predict.apply(images).stream().map(Prediction::probability).toList();
  }
}
