package io.mnist4j.digits;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.data.strokes.Strokes;

/** Images of the embedded data set, one at a time: the first ten are one of each class. */
public final class StrokesDigit {
  private static final ImageSet IMAGES = Strokes.generate(77, 200);

  private StrokesDigit() {}

  /** One of 200 images. */
  public static GreyImage of(int index) {
    return GreyImage.of(IMAGES, index);
  }

  /** What one of them shows, 0 to 9. */
  public static int label(int index) {
    return IMAGES.label(index);
  }
}
