package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.KernelArgument;
import io.mnist4j.model.layers.Shape;
import io.mnist4j.train.engine.maps.Border;

/**
 * Where the numbers of a batch lie on the card: {@code [images][channels][height][width]}, with
 * zeros around them and, {@code spread} - 1, between them. A row of units is units channels of one
 * pixel.
 *
 * @param address of the first number, borders included
 * @param top rows of zeros before each channel's first; left: columns likewise
 * @param rows of a channel, borders included; columns likewise
 */
record CudaMaps(
    long address,
    int channels,
    int height,
    int width,
    int top,
    int left,
    int rows,
    int columns,
    int spread) {

  /**
   * Those of a shape, at an address.
   *
   * @param spread how far apart neighbours are, from 1
   */
  static CudaMaps of(long address, Shape shape, Border border, int spread) {
    int channels = shape instanceof Shape.Image image ? image.channels() : (int) shape.size();
    int height = shape instanceof Shape.Image image ? image.height() : 1;
    int width = shape instanceof Shape.Image image ? image.width() : 1;
    return new CudaMaps(
        address,
        channels,
        height,
        width,
        border.top(),
        border.left(),
        border.top() + (height - 1) * spread + 1 + border.bottom(),
        border.left() + (width - 1) * spread + 1 + border.right(),
        spread);
  }

  /** Numbers of an image, borders included. */
  int imageStride() {
    return channels * channelStride();
  }

  int channelStride() {
    return rows * columns;
  }

  /** Numbers of an image without borders. */
  int units() {
    return channels * height * width;
  }

  /** Where a number lies; row and column may be in a border. */
  int at(int image, int channel, int row, int column) {
    return Math.addExact(
        Math.multiplyExact(image, imageStride()),
        channel * channelStride() + (top + row * spread) * columns + left + column * spread);
  }

  /** Where a unit of the first image lies, by its number as if there were no borders. */
  int at(int unit) {
    int pixel = unit % (height * width);
    return at(0, unit / (height * width), pixel / width, pixel % width);
  }

  /** Appends a kernel's Layout. */
  void addTo(KernelArgument argument) {
    argument.ints(
        channels,
        height,
        width,
        imageStride(),
        channelStride(),
        columns * spread,
        spread,
        top * columns + left);
  }
}
