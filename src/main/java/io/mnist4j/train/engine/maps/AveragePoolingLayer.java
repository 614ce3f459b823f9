package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import java.util.Arrays;

/** Takes the mean of each square. */
final class AveragePoolingLayer extends PoolingLayer {
  AveragePoolingLayer(Link below, Link above, int kernel, int stride) {
    super(below, above, kernel, stride);
  }

  @Override
  void forward(int part, int channel, int row, int column) {
    float[] from = in.part(part);
    float[] to = out.part(part);
    int mean = out.at(channel, row, column);
    Arrays.fill(to, mean, mean + LANES, 0);
    for (int k = 0; k < kernel * kernel; k++) {
      int place = in.at(channel, row * stride + k / kernel, column * stride + k % kernel);
      for (int i = 0; i < LANES; i++) {
        to[mean + i] += from[place + i];
      }
    }
    for (int i = 0; i < LANES; i++) {
      to[mean + i] /= kernel * kernel;
    }
  }

  @Override
  void backwardRow(int part, int channel, int row) {
    for (int column = 0; column < out.width; column++) {
      backward(part, channel, row, column);
    }
  }

  private void backward(int part, int channel, int row, int column) {
    float[] from = outDelta.part(part);
    float[] to = inDelta.part(part);
    int mean = outDelta.at(channel, row, column);
    for (int k = 0; k < kernel * kernel; k++) {
      int place = inDelta.at(channel, row * stride + k / kernel, column * stride + k % kernel);
      for (int i = 0; i < LANES; i++) {
        to[place + i] += from[mean + i] / (kernel * kernel);
      }
    }
  }
}
