package io.mnist4j.train.engine.maps;

import io.mnist4j.train.engine.kernels.MapKernels;
import io.mnist4j.train.engine.kernels.MapKernels.Rows;
import io.mnist4j.train.engine.kernels.MapKernels.Terms;

/**
 * The way back through a convolution: the derivative by an input is a correlation too, of the
 * derivative by the outputs with the filters turned round: {@code in[c][y][x] = Σ w[f][c][i][j]
 * out[f][(y + top - i) / stride][(x + left - j) / stride]}, over the i and j that divide without a
 * rest. Which these are depends on the phases {@code (y + top) % stride} and {@code (x + left) %
 * stride}; each pair of phases has terms of its own.
 */
final class InputGradient {
  private final ConvolutionGeometry geometry;
  private final FeatureMaps inDelta;
  private final FeatureMaps outDelta;
  private final int filters;

  /** {@code [phase of the row][phase of the column]}; rows of taps, filters, columns of taps. */
  private final Terms[][] terms;

  InputGradient(ConvolutionGeometry geometry, FeatureMaps inDelta, FeatureMaps outDelta) {
    this.geometry = geometry;
    this.inDelta = inDelta;
    this.outDelta = outDelta;
    filters = geometry.output().channels();
    int stride = geometry.stride();
    terms = new Terms[stride][stride];
    for (int rowPhase = 0; rowPhase < stride; rowPhase++) {
      for (int columnPhase = 0; columnPhase < stride; columnPhase++) {
        terms[rowPhase][columnPhase] = terms(taps(rowPhase), taps(columnPhase));
      }
    }
  }

  /** Rows, or columns, of the filter that belong to a phase. */
  private int taps(int phase) {
    return phase >= geometry.kernel() ? 0 : (geometry.kernel() - 1 - phase) / geometry.stride() + 1;
  }

  private Terms terms(int rows, int columns) {
    int[] offsets = new int[rows * filters * columns];
    int next = 0;
    for (int i = 0; i < rows; i++) {
      for (int f = 0; f < filters; f++) {
        for (int j = 0; j < columns; j++) {
          offsets[next++] = outDelta.at(f, -i, -j) - outDelta.at(0, 0, 0);
        }
      }
    }
    int channels = MapKernels.roundUp(geometry.input().channels());
    return new Terms(offsets, new float[channels * offsets.length], new float[channels], false);
  }

  /**
   * Takes the weights of one filter.
   *
   * @param weights {@code [channels, kernel, kernel]}
   */
  void setFilter(int filter, float[] weights) {
    int kernel = geometry.kernel();
    int stride = geometry.stride();
    for (int c = 0; c < geometry.input().channels(); c++) {
      for (int row = 0; row < kernel; row++) {
        for (int column = 0; column < kernel; column++) {
          Terms phase = terms[row % stride][column % stride];
          int columns = taps(column % stride);
          int term = (row / stride * filters + filter) * columns + column / stride;
          int block = c / MapKernels.BLOCK * phase.offsets().length;
          phase.weights()[(block + term) * MapKernels.BLOCK + c % MapKernels.BLOCK] =
              weights[(c * kernel + row) * kernel + column];
        }
      }
    }
  }

  /** Computes the derivative by the inputs, for one part of the images. */
  void compute(MapKernels kernels, int part) {
    int stride = geometry.stride();
    int step = stride == 1 ? inDelta.width : 1;
    for (int y = 0; y < inDelta.height; y++) {
      int rowPhase = (y + geometry.padTop()) % stride;
      int row = (y + geometry.padTop()) / stride;
      // Of the rows of taps, those whose output lies within the map; outside of columns are zeros.
      int firstRow = Math.max(0, row - outDelta.height + 1);
      int endRow = Math.max(firstRow, Math.min(taps(rowPhase), row + 1));
      for (int x = 0; x < inDelta.width; x += step) {
        int columnPhase = (x + geometry.padLeft()) % stride;
        int perRow = filters * taps(columnPhase);
        kernels.correlate(
            outDelta.part(part),
            outDelta.at(0, row, (x + geometry.padLeft()) / stride),
            terms[rowPhase][columnPhase],
            firstRow * perRow,
            endRow * perRow,
            new Rows(
                inDelta.part(part),
                inDelta.at(0, y, x),
                inDelta.planeStride,
                step * MapKernels.LANES),
            MapKernels.roundUp(inDelta.channels));
      }
    }
  }
}
