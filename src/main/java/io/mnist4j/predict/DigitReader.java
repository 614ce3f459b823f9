package io.mnist4j.predict;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import io.mnist4j.digits.Digit;
import io.mnist4j.digits.DigitFinder;
import io.mnist4j.digits.FormGrid;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads the digits in a picture: finds them and predicts what each is. */
public final class DigitReader {

  /** What is read of a picture. */
  public enum Scope {
    /** The digits that stand apart; a picture of one digit has one. */
    DIGITS,
    /** The digits of a strip, those that touch cut apart. */
    STRIP,
    /** The whole picture, only scaled to the network's size. */
    AS_IS,
    /** What stands in the boxes of a form. */
    GRID
  }

  private final DigitFinder finder;
  private final Function<List<GreyImage>, List<Prediction>> predict;
  private final DigitCheck check;
  private final double reject;

  /** A reader that gives all digits a name. */
  public DigitReader(Classifier classifier) {
    this(classifier, 0);
  }

  /**
   * @param reject digits that are less sure are not known, 0 to 1
   */
  public DigitReader(Classifier classifier, double reject) {
    this(classifier.height(), classifier.width(), classifier.labels(), classifier::predict, reject);
  }

  /**
   * @param height rows of the images that the network takes
   * @param width columns of the images that the network takes
   * @param labels class names; index = output of the network
   * @param predict one prediction for each image, in their order
   * @param reject digits that are less sure are not known, 0 to 1
   */
  public DigitReader(
      int height,
      int width,
      List<String> labels,
      Function<List<GreyImage>, List<Prediction>> predict,
      double reject) {
    this.finder = new DigitFinder(height, width);
    this.predict = predict;
    this.reject = reject;
    this.check = DigitCheck.of(height, width, labels);
  }

  /** The digits from left to right, row by row; none if the picture is blank. */
  public List<RecognizedDigit> read(Picture picture, Scope scope) {
    List<Digit> digits = find(picture, scope);
    return recognized(digits, predict.apply(RecognizedDigit.images(digits)));
  }

  /**
   * What stands in the boxes of a form, of which there must be two at least.
   *
   * @return empty if the picture shows no such boxes
   */
  public Optional<GridReading> readGrid(Picture picture) {
    return FormGrid.find(picture.clearest())
        .map(grid -> GridReading.of(grid, read(grid.contents().toPicture(), Scope.DIGITS)));
  }

  /** Digits with their predictions, which are as many and in the same order. */
  public List<RecognizedDigit> recognized(List<Digit> digits, List<Prediction> predictions) {
    return recognized(digits, predictions, reject);
  }

  /**
   * As above.
   *
   * @param reject in place of the reader's own
   */
  public List<RecognizedDigit> recognized(
      List<Digit> digits, List<Prediction> predictions, double reject) {
    if (reject == 0) {
      return RecognizedDigit.all(digits, predictions);
    }
    List<Float> certainties = check.certainties(RecognizedDigit.images(digits), predictions);
    return IntStream.range(0, digits.size())
        .mapToObj(
            i ->
                new RecognizedDigit(
                    digits.get(i), predictions.get(i), certainties.get(i) >= reject))
        .toList();
  }

  /** The digits as the network is to see them, in the same order, not yet recognized. */
  public List<Digit> find(Picture picture, Scope scope) {
    return switch (scope) {
      case DIGITS, GRID -> finder.find(picture);
      case STRIP -> finder.findTouching(picture, this::wholeDigit);
      case AS_IS -> List.of(finder.asIs(picture));
    };
  }

  private List<Float> wholeDigit(List<GreyImage> images) {
    return check.certainties(images, predict.apply(images)).stream()
        .map(certainty -> certainty * check.weight())
        .toList();
  }
}
