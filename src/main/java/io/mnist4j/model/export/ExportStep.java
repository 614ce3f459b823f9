package io.mnist4j.model.export;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One thing that a network does to what comes in, with images as {@code [n, channels, height,
 * width]} whatever the network itself has; rows of numbers are {@code [n, size]}.
 */
sealed interface ExportStep {

  /** What it is called in the network; unique in a plan. */
  String name();

  /** Makes images of rows. */
  record ToImage(String name, int height, int width) implements ExportStep {}

  /** Makes rows of images: channel by channel, each row by row. */
  record FlattenStep(String name, int height, int width, int channels) implements ExportStep {}

  /**
   * x · weights + bias.
   *
   * @param weights {@code [inputs, units]}
   * @param bias {@code [units]}
   */
  record DenseStep(String name, INDArray weights, INDArray bias) implements ExportStep {}

  /**
   * A sum over a window, for each filter.
   *
   * @param weights {@code [filters, channels, rows, columns]}
   * @param bias {@code [filters]}
   */
  record Convolution(String name, INDArray weights, INDArray bias, Sliding window)
      implements ExportStep {}

  /**
   * The largest or the mean value of a window, channel by channel.
   *
   * @param countsPadding whether zeros around the image count in a mean
   */
  record Pooling(String name, boolean max, boolean countsPadding, Sliding window)
      implements ExportStep {}

  /** The largest or the mean value of each channel: makes rows of images. */
  record GlobalPooling(String name, boolean max) implements ExportStep {}

  /** Zeros around images. */
  record PaddingStep(String name, Edges edges) implements ExportStep {}

  /**
   * gamma (x - mean) / √(variance + epsilon) + beta, per channel or per number of a row.
   *
   * @param gamma {@code [channels]}, as all others
   */
  record BatchNorm(
      String name, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, double epsilon)
      implements ExportStep {}

  /** Does nothing once a network is trained, and is kept for training that goes on. */
  record DropoutStep(String name, double rate) implements ExportStep {}

  record ActivationStep(String name, IActivation function) implements ExportStep {}

  /** Rows and columns of zeros. */
  record Edges(int top, int left, int bottom, int right) {
    static final Edges NONE = new Edges(0, 0, 0, 0);
  }

  /** Along rows and along columns. */
  record SpatialSize(int rows, int columns) {
    int[] toArray() {
      return new int[] {rows, columns};
    }
  }

  /**
   * A window that is moved over an image.
   *
   * @param same whether the edges are those of Keras' padding "same"
   */
  record Sliding(
      SpatialSize kernel, SpatialSize strides, SpatialSize dilation, Edges edges, boolean same) {}
}
