package io.mnist4j.data.npy;

import io.mnist4j.data.ImageSize;
import io.mnist4j.errors.DataException;
import java.util.List;
import java.util.Optional;

/**
 * How an array holds images: {@code [n, h, w]}, {@code [n, h * w]}, {@code [n, h, w, 1]}, {@code
 * [n, 1, h, w]}, or {@code [n, h, w, 3]} in colour.
 *
 * @param count the number of images, at least 1
 * @param size of each
 * @param channels values of a pixel: 1, or 3 for red, green and blue
 */
record ImageLayout(int count, ImageSize size, int channels) {
  private static final int COLORS = 3;

  /** The longest array that HotSpot allocates. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;

  /**
   * Reads a shape.
   *
   * @param wanted what rows of pixels without a height and a width are taken for, if they are as
   *     many; else they must be squares
   * @throws DataException if it is not that of images
   */
  static ImageLayout of(NpyArray array, Optional<ImageSize> wanted) throws DataException {
    List<Long> shape = array.header().shape();
    if (shape.size() < 2 || shape.size() > 4) {
      throw notImages(array, "");
    }
    if (shape.contains(0L)) {
      throw notImages(array, ", which is empty");
    }
    if (array.header().count() > MAX_ARRAY) {
      throw array.problem(
          "absurd shape: expected at most %,d values, found %s"
              .formatted(MAX_ARRAY, array.header().shapeText()));
    }
    int count = Math.toIntExact(shape.get(0));
    if (shape.size() == 2) {
      return new ImageLayout(count, sizeOfRow(array, shape.get(1), wanted), 1);
    }
    if (shape.size() == 3) {
      return new ImageLayout(count, size(array, shape.get(1), shape.get(2)), 1);
    }
    if (shape.get(1) == 1) {
      return new ImageLayout(count, size(array, shape.get(2), shape.get(3)), 1);
    }
    if (shape.get(3) == 1 || shape.get(3) == COLORS) {
      return new ImageLayout(
          count, size(array, shape.get(1), shape.get(2)), Math.toIntExact(shape.get(3)));
    }
    throw notImages(
        array,
        shape.get(1) == COLORS ? "; put the colours last: images.transpose(0, 2, 3, 1)" : "");
  }

  private static ImageSize sizeOfRow(NpyArray array, long pixels, Optional<ImageSize> wanted)
      throws DataException {
    if (wanted.isPresent() && wanted.get().pixels() == pixels) {
      return wanted.get();
    }
    Optional<ImageSize> square = ImageSize.square(pixels);
    if (square.isPresent()) {
      return square.get();
    }
    throw array.problem(
        "expected %s, found rows of %d values"
            .formatted(
                wanted.isPresent()
                    ? "rows of %d pixels, images of %s"
                        .formatted(wanted.get().pixels(), wanted.get())
                    : "rows of as many pixels as a square image has, or the size of the images to"
                        + " be given (such as 28x28)",
                pixels));
  }

  private static ImageSize size(NpyArray array, long height, long width) throws DataException {
    if (Math.max(height, width) > ImageSize.MAX_SIDE) {
      throw array.problem(
          "expected images of at most %1$dx%1$d, found %2$dx%3$d"
              .formatted(ImageSize.MAX_SIDE, height, width));
    }
    return new ImageSize((int) height, (int) width);
  }

  private static DataException notImages(NpyArray array, String more) {
    return array.problem(
        "expected images as [n, h, w], [n, h*w], [n, h, w, 1], [n, 1, h, w] or [n, h, w, 3], found"
            + " the shape "
            + array.header().shapeText()
            + more);
  }

  /** The number of values of all images. */
  int values() {
    return count * size.pixels() * channels;
  }
}
