package io.mnist4j.model.export;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One thing that a network does to what comes in, with images as {@code [n, channels, height,
 * width]} whatever the network itself has; rows of numbers are {@code [n, size]}.
 */
sealed interface Step {

  /** What it is called in the network; unique in a plan. */
  String name();

  /** Makes images of rows. */
  record ToImage(String name, int height, int width) implements Step {}

  /** Makes rows of images: channel by channel, each row by row. */
  record Flatten(String name, int height, int width, int channels) implements Step {}

  /**
   * x · weights + bias.
   *
   * @param weights {@code [inputs, units]}
   * @param bias {@code [units]}
   */
  record Dense(String name, INDArray weights, INDArray bias) implements Step {}

  /**
   * A sum over a window, for each filter.
   *
   * @param weights {@code [filters, channels, rows, columns]}
   * @param bias {@code [filters]}
   */
  record Convolution(String name, INDArray weights, INDArray bias, Sliding window)
      implements Step {}

  /**
   * The largest or the mean value of a window, channel by channel.
   *
   * @param countsPadding whether zeros around the image count in a mean
   */
  record Pooling(String name, boolean max, boolean countsPadding, Sliding window) implements Step {}

  /** The largest or the mean value of each channel: makes rows of images. */
  record GlobalPooling(String name, boolean max) implements Step {}

  /** Zeros around images. */
  record Padding(String name, Edges edges) implements Step {}

  /**
   * gamma (x - mean) / √(variance + epsilon) + beta, per channel or per number of a row.
   *
   * @param gamma {@code [channels]}, as all others
   */
  record BatchNorm(
      String name, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, double epsilon)
      implements Step {}

  /** Does nothing once a network is trained, and is kept for who trains on. */
  record Dropout(String name, double rate) implements Step {}

  record Activation(String name, IActivation function) implements Step {}

  /** Rows and columns of zeros. */
  record Edges(int top, int left, int bottom, int right) {
    static final Edges NONE = new Edges(0, 0, 0, 0);
  }

  /** Along rows and along columns. */
  record Extent(int rows, int columns) {
    int[] toArray() {
      return new int[] {rows, columns};
    }
  }

  /**
   * A window that is moved over an image.
   *
   * @param same whether the edges are those of Keras' padding "same"
   */
  record Sliding(Extent kernel, Extent strides, Extent dilation, Edges edges, boolean same) {}
}
