package io.mnist4j.api;

import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.digits.Digit;

/**
 * A digit of a picture, in the form that MNIST's images have.
 *
 * @param x first column of its box in the picture file, which is turned upright
 * @param y first row of its box
 * @param width columns of its box, at least 1
 * @param height rows of its box, at least 1
 * @param rows of the image
 * @param columns of the image
 * @param pixels {@code rows * columns} numbers row by row, 0 is paper and 1 is ink; not copied
 */
public record FoundDigit(
    int x, int y, int width, int height, int rows, int columns, float[] pixels) {

  static FoundDigit of(Digit digit) {
    GreyImage image = digit.image();
    float[] pixels = image.tones();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 255;
    }
    return new FoundDigit(
        digit.box().x(),
        digit.box().y(),
        digit.box().width(),
        digit.box().height(),
        image.height(),
        image.width(),
        pixels);
  }
}
