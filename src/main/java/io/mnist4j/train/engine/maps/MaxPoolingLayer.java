package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.train.engine.kernels.KernelChoice;
import io.mnist4j.train.engine.kernels.MapKernels;
import io.mnist4j.train.engine.kernels.MapKernels.Squares;

/**
 * Takes the largest number of each square. Where several are as large, the first one, row by row,
 * gets the derivative.
 */
final class MaxPoolingLayer extends MapLayer {
  private final MapKernels kernels = KernelChoice.kernels();
  private final int kernel;
  private final int stride;

  MaxPoolingLayer(Link below, Link above, int kernel, int stride) {
    super(below, above);
    this.kernel = kernel;
    this.stride = stride;
  }

  /** The usual one, which has loops of its own. */
  private boolean isOfFour() {
    return kernel == 2 && stride == 2;
  }

  @Override
  void forward(MapPass pass, int part) {
    float[] from = in.part(part);
    float[] to = out.part(part);
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        int upper = in.at(c, y * stride, 0);
        if (isOfFour()) {
          int lower = upper + in.rowStride;
          kernels.largestOfFour(from, upper, lower, to, out.at(c, y, 0), out.width);
        } else {
          for (int x = 0; x < out.width; x++) {
            largest(from, upper + x * stride * LANES, to, out.at(c, y, x));
          }
        }
      }
    }
  }

  private void largest(float[] from, int window, float[] to, int start) {
    System.arraycopy(from, window, to, start, LANES);
    for (int row = 0; row < kernel; row++) {
      for (int column = 0; column < kernel; column++) {
        int place = window + row * in.rowStride + column * LANES;
        for (int i = 0; i < LANES; i++) {
          to[start + i] = Math.max(to[start + i], from[place + i]);
        }
      }
    }
  }

  @Override
  void backward(MapPass pass, int part) {
    if (inDelta == null) {
      return;
    }
    if (!isOfFour()) {
      inDelta.clear(part);
    }
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        if (isOfFour()) {
          backwardOfFour(part, c, y);
        } else {
          for (int x = 0; x < out.width; x++) {
            backward(part, c, y, x);
          }
        }
      }
    }
  }

  private void backwardOfFour(int part, int c, int y) {
    int upper = in.at(c, 2 * y, 0);
    int deltaUpper = inDelta.at(c, 2 * y, 0);
    kernels.spreadToLargest(
        in.part(part),
        out.part(part),
        out.at(c, y, 0),
        outDelta.part(part),
        outDelta.at(c, y, 0),
        inDelta.part(part),
        new Squares(
            upper, upper + in.rowStride, deltaUpper, deltaUpper + inDelta.rowStride, out.width));
  }

  private void backward(int part, int c, int y, int x) {
    float[] from = in.part(part);
    float[] to = inDelta.part(part);
    int output = out.at(c, y, x);
    int delta = outDelta.at(c, y, x);
    int window = in.at(c, y * stride, x * stride);
    int deltaWindow = inDelta.at(c, y * stride, x * stride);
    for (int i = 0; i < LANES; i++) {
      float largest = out.part(part)[output + i];
      boolean found = false;
      for (int k = 0; k < kernel * kernel && !found; k++) {
        int row = k / kernel;
        int column = k % kernel * LANES + i;
        found = from[window + row * in.rowStride + column] == largest;
        if (found) {
          to[deltaWindow + row * inDelta.rowStride + column] += outDelta.part(part)[delta + i];
        }
      }
    }
  }
}
