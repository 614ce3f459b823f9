package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import java.util.Arrays;

/** Takes the mean of each square. */
final class AveragePoolingLayer extends MapLayer {
  private final int kernel;
  private final int stride;

  AveragePoolingLayer(Link below, Link above, int kernel, int stride) {
    super(below, above);
    this.kernel = kernel;
    this.stride = stride;
  }

  @Override
  void forward(MapPass pass, int part) {
    float[] from = in.part(part);
    float[] to = out.part(part);
    float[] sum = new float[LANES];
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        for (int x = 0; x < out.width; x++) {
          Arrays.fill(sum, 0);
          for (int k = 0; k < kernel * kernel; k++) {
            int place = in.at(c, y * stride + k / kernel, x * stride + k % kernel);
            for (int i = 0; i < LANES; i++) {
              sum[i] += from[place + i];
            }
          }
          int place = out.at(c, y, x);
          for (int i = 0; i < LANES; i++) {
            to[place + i] = sum[i] / (kernel * kernel);
          }
        }
      }
    }
  }

  @Override
  void backward(MapPass pass, int part) {
    if (inDelta == null) {
      return;
    }
    inDelta.clear(part);
    float[] from = outDelta.part(part);
    float[] to = inDelta.part(part);
    float[] share = new float[LANES];
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        for (int x = 0; x < out.width; x++) {
          int place = outDelta.at(c, y, x);
          for (int i = 0; i < LANES; i++) {
            share[i] = from[place + i] / (kernel * kernel);
          }
          for (int k = 0; k < kernel * kernel; k++) {
            int input = inDelta.at(c, y * stride + k / kernel, x * stride + k % kernel);
            for (int i = 0; i < LANES; i++) {
              to[input + i] += share[i];
            }
          }
        }
      }
    }
  }
}
