package io.mnist4j.train.engine.maps;

import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.Shape;

/**
 * Where the windows of a convolution lie.
 *
 * @param padTop rows of zeros above the image
 * @param padLeft columns of zeros left of it
 */
public record ConvolutionGeometry(
    Shape.Image input, Shape.Image output, int kernel, int stride, int padTop, int padLeft) {

  /** That of a layer between two shapes. */
  public static ConvolutionGeometry of(Shape.Image input, Shape.Image output, Conv2d layer) {
    int kernel = layer.kernel();
    int stride = layer.stride();
    boolean same = layer.padding() == Padding.SAME;
    return new ConvolutionGeometry(
        input,
        output,
        kernel,
        stride,
        same ? before(input.height(), output.height(), kernel, stride) : 0,
        same ? before(input.width(), output.width(), kernel, stride) : 0);
  }

  /** Zeros before the first number: half of all, rounded down. */
  private static int before(int size, int positions, int kernel, int stride) {
    return Math.max(0, (positions - 1) * stride + kernel - size) / 2;
  }

  /** Terms of one output: weights of a filter. */
  public int terms() {
    return input.channels() * kernel * kernel;
  }

  /** The zeros that the windows reach over. */
  public Border inputBorder() {
    return new Border(
        padTop,
        padLeft,
        Math.max(0, (output.height() - 1) * stride + kernel - padTop - input.height()),
        Math.max(0, (output.width() - 1) * stride + kernel - padLeft - input.width()));
  }

  /** The zeros beside the derivative by the outputs that the way back reaches over. */
  Border deltaBorder() {
    int lastColumn = (input.width() - 1 + padLeft) / stride;
    return new Border(0, (kernel - 1) / stride, 0, Math.max(0, lastColumn - output.width() + 1));
  }
}
