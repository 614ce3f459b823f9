package io.mnist4j.digits;

import io.mnist4j.data.ImageSize;
import io.mnist4j.data.imagefolder.PictureForm;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.pictures.Picture;
import java.util.Comparator;
import java.util.Optional;

/** How pictures become images by what is drawn in them. */
public enum DigitForm implements PictureForm {
  /**
   * The largest digit that is found, as MNIST would have made it; the whole picture where none is.
   */
  DIGITS("digits") {
    @Override
    public GreyImage of(Picture picture, ImageSize size) {
      Optional<Digit> largest =
          new DigitFinder(size.height(), size.width())
              .find(picture).stream().max(Comparator.comparingLong(digit -> digit.box().area()));
      return largest.isPresent() ? largest.get().image() : DRAWING.of(picture, size);
    }
  },

  /** The whole picture; its negative where it is light at the edge, as paper is. */
  DRAWING("drawing") {
    @Override
    public GreyImage of(Picture picture, ImageSize size) {
      GreyImage whole = AS_IS.of(picture, size);
      return isLightAtTheEdge(whole) ? whole.inverted() : whole;
    }
  },

  /** A picture of the right size as {@link #DRAWING}, any other as {@link #DIGITS}. */
  DIGITS_OF_OTHER_SIZE("digits-of-other-size") {
    @Override
    public GreyImage of(Picture picture, ImageSize size) {
      boolean rightSize = picture.height() == size.height() && picture.width() == size.width();
      return (rightSize ? DRAWING : DIGITS).of(picture, size);
    }
  };

  private final String text;

  DigitForm(String text) {
    this.text = text;
  }

  /** What is drawn seldom reaches the edge, so most of that is paper. */
  private static boolean isLightAtTheEdge(GreyImage image) {
    long sum = 0;
    int pixels = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        if (row == 0 || row == image.height() - 1 || column == 0 || column == image.width() - 1) {
          sum += image.at(row, column);
          pixels++;
        }
      }
    }
    return sum > 127L * pixels;
  }

  @Override
  public String toString() {
    return text;
  }
}
