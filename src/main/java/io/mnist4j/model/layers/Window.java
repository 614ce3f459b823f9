package io.mnist4j.model.layers;

/** The square that a convolution or a pooling layer moves over an image. */
record Window(int kernel, int stride, Padding padding) {
  /**
   * @throws IllegalArgumentException if the two do not go together; the message begins with a key
   */
  Window {
    // DL4J puts less than no zeros around the image then, and throws in the midst of training.
    if (padding == Padding.SAME && stride > kernel) {
      throw new IllegalArgumentException(
          "stride must be at most the kernel, %d, with the padding same, not %d"
              .formatted(kernel, stride));
    }
  }

  /** One output for each position, in so many channels. */
  Shape.Image over(Shape input, String layer, int channels) {
    Shape.Image image = image(input, layer);
    if (padding == Padding.VALID && kernel > Math.min(image.height(), image.width())) {
      throw new IllegalArgumentException(
          "a %dx%d kernel does not fit into %s".formatted(kernel, kernel, image));
    }
    return new Shape.Image(positions(image.height()), positions(image.width()), channels);
  }

  private int positions(int size) {
    return switch (padding) {
      case VALID -> (size - kernel) / stride + 1;
      case SAME -> (size + stride - 1) / stride;
    };
  }

  static Shape.Image image(Shape input, String layer) {
    if (input instanceof Shape.Image image) {
      return image;
    }
    throw new IllegalArgumentException(
        "%s takes an image (height x width x channels), and gets a row of %s numbers"
            .formatted(layer, input));
  }
}
