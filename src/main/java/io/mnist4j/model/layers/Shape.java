package io.mnist4j.model.layers;

/** What goes from one layer to the next, for one image. */
public sealed interface Shape {

  /** How many numbers these are. */
  long size();

  /**
   * An image, or the feature maps that a convolution makes; DL4J holds a batch of them as {@code
   * [n, channels, height, width]}.
   *
   * @param height rows
   * @param width columns
   * @param channels 1 for the grey images that come in
   */
  record Image(int height, int width, int channels) implements Shape {
    @Override
    public long size() {
      return (long) height * width * channels;
    }

    /** Such as {@code 28x28x1}: height, width, channels. */
    @Override
    public String toString() {
      return height + "x" + width + "x" + channels;
    }
  }

  /** A row of numbers; a batch of them is {@code [n, size]}. */
  record Flat(long size) implements Shape {
    @Override
    public String toString() {
      return String.valueOf(size);
    }
  }
}
