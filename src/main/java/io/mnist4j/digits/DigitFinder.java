package io.mnist4j.digits;

import io.mnist4j.data.pictures.Cancellation;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds digits in pictures of any size, dark on light or light on dark, and makes of each what
 * MNIST would have made of it. Safe for use by several threads at once.
 */
public final class DigitFinder {
  private final int height;
  private final int width;
  private final MnistNormalizer normalizer;

  /**
   * @param height rows that the network takes, at least 1
   * @param width columns that the network takes, at least 1
   */
  public DigitFinder(int height, int width) {
    this.height = height;
    this.width = width;
    normalizer = new MnistNormalizer(height, width);
  }

  /**
   * The digits that stand apart, from left to right, and row by row if there are several rows. A
   * picture of one digit has one; a blank picture has none. A picture that already is as MNIST's
   * are comes through unchanged.
   */
  public List<Digit> find(Picture picture) {
    GreyImage grey = picture.clearest();
    Optional<GreyImage> already = normalizer.recognise(grey);
    if (already.isPresent()) {
      return List.of(new Digit(new Box(0, 0, grey.width(), grey.height()), already.get()));
    }
    Optional<InkImage> ink = Binarizer.find(picture, grey);
    return ink.isEmpty() ? List.of() : digits(Layout.digits(ink.get()), ink.get(), picture);
  }

  /**
   * The digits of a strip: as {@link #find}, but digits that touch are cut apart, too, and strokes
   * that stand close are one digit or two as they are read best.
   *
   * @param wholeDigit for each image, in their order, the probability that it shows one whole digit
   *     and nothing else, 0 to 1
   */
  public List<Digit> findTouching(
      Picture picture, Function<List<GreyImage>, List<Float>> wholeDigit) {
    Optional<InkImage> ink = Binarizer.find(picture, picture.clearest());
    if (ink.isEmpty()) {
      return List.of();
    }
    TouchingDigitSplitter splitter = new TouchingDigitSplitter(ink.get(), normalizer, wholeDigit);
    return digits(splitter.cut(Layout.digits(ink.get())), ink.get(), picture);
  }

  /**
   * The whole picture, neither searched nor turned into its negative nor centred, but only scaled
   * to the network's size: for networks whose images were not made as MNIST's were.
   */
  public Digit asIs(Picture picture) {
    GreyImage grey = picture.luma();
    int scale = picture.reduction();
    return new Digit(
        new Box(0, 0, grey.width() * scale, grey.height() * scale), grey.stretched(height, width));
  }

  private List<Digit> digits(List<ConnectedComponent> components, InkImage ink, Picture picture) {
    int scale = picture.reduction();
    List<Digit> digits = new ArrayList<>();
    for (ConnectedComponent component : components) {
      Cancellation.check();
      Box box =
          new Box(
              component.left() * scale,
              component.top() * scale,
              component.width() * scale,
              component.height() * scale);
      digits.add(new Digit(box, normalizer.of(component, ink)));
    }
    return digits;
  }
}
