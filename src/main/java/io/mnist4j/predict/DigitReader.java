package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.Digit;
import io.mnist4j.digits.DigitFinder;
import java.util.ArrayList;
import java.util.List;

/** Reads the digits in a picture: finds them, shows them to a network, and gives its answers. */
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

  private final Predictor predictor;
  private final DigitFinder finder;
  private final Scope scope;

  public DigitReader(Predictor predictor, Scope scope) {
    this.predictor = predictor;
    this.finder = new DigitFinder(predictor.height(), predictor.width());
    this.scope = scope;
  }

  /** The digits from left to right, row by row; none if the picture is blank. */
  public List<RecognizedDigit> read(Picture picture) {
    List<Digit> digits =
        switch (scope) {
          case DIGITS -> finder.find(picture);
          case STRIP -> finder.findTouching(picture, this::confidence);
          case AS_IS -> List.of(finder.asIs(picture));
        };
    List<Prediction> predictions = predictor.predict(digits.stream().map(Digit::image).toList());
    List<RecognizedDigit> readings = new ArrayList<>();
    for (int i = 0; i < digits.size(); i++) {
      readings.add(new RecognizedDigit(digits.get(i), predictions.get(i)));
    }
    return readings;
  }

  private List<Float> confidence(List<GreyImage> images) {
    return predictor.predict(images).stream().map(Prediction::probability).toList();
  }
}
