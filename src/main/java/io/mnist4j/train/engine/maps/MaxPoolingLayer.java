package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.train.engine.kernels.KernelChoice;
import io.mnist4j.train.engine.kernels.MapKernels;
import io.mnist4j.train.engine.kernels.MapKernels.Squares;
import io.mnist4j.train.engine.kernels.MapKernels.Windows;

/**
 * Takes the largest number of each square. Where several are as large, the first one, row by row,
 * gets the derivative.
 */
final class MaxPoolingLayer extends PoolingLayer {
  private final MapKernels kernels = KernelChoice.kernels();

  /** The usual squares, which have loops of their own. */
  private final boolean ofFour;

  MaxPoolingLayer(Link below, Link above, int kernel, int stride) {
    super(below, above, kernel, stride);
    ofFour = kernel == 2 && stride == 2;
  }

  @Override
  boolean overwrites() {
    return ofFour;
  }

  @Override
  void forwardRow(int part, int channel, int row) {
    if (!ofFour) {
      super.forwardRow(part, channel, row);
      return;
    }
    int upper = in.at(channel, 2 * row, 0);
    kernels.largestOfFour(
        in.part(part),
        upper,
        upper + in.rowStride,
        out.part(part),
        out.at(channel, row, 0),
        out.width);
  }

  @Override
  void forward(int part, int channel, int row, int column) {
    float[] from = in.part(part);
    float[] to = out.part(part);
    int window = in.at(channel, row * stride, column * stride);
    int largest = out.at(channel, row, column);
    System.arraycopy(from, window, to, largest, LANES);
    for (int k = 1; k < kernel * kernel; k++) {
      int place = window + k / kernel * in.rowStride + k % kernel * LANES;
      for (int i = 0; i < LANES; i++) {
        to[largest + i] = Math.max(to[largest + i], from[place + i]);
      }
    }
  }

  @Override
  void backwardRow(int part, int channel, int row) {
    if (!ofFour) {
      kernels.addToLargest(
          in.part(part),
          out.part(part),
          out.at(channel, row, 0),
          outDelta.part(part),
          outDelta.at(channel, row, 0),
          inDelta.part(part),
          new Windows(
              in.at(channel, row * stride, 0),
              in.rowStride,
              inDelta.at(channel, row * stride, 0),
              inDelta.rowStride,
              kernel,
              stride,
              out.width));
      return;
    }
    int upper = in.at(channel, 2 * row, 0);
    int deltaUpper = inDelta.at(channel, 2 * row, 0);
    kernels.spreadToLargest(
        in.part(part),
        out.part(part),
        out.at(channel, row, 0),
        outDelta.part(part),
        outDelta.at(channel, row, 0),
        inDelta.part(part),
        new Squares(
            upper, upper + in.rowStride, deltaUpper, deltaUpper + inDelta.rowStride, out.width));
  }
}
