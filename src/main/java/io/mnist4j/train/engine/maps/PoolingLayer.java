package io.mnist4j.train.engine.maps;

/** Takes one number of each square, channel by channel. */
abstract sealed class PoolingLayer extends MapLayer permits MaxPoolingLayer, AveragePoolingLayer {
  final int kernel;
  final int stride;

  PoolingLayer(Link below, Link above, int kernel, int stride) {
    super(below, above);
    this.kernel = kernel;
    this.stride = stride;
  }

  /** Computes one pixel of the outputs. */
  abstract void forward(int part, int channel, int row, int column);

  /** Adds to the derivative by the inputs what a row of the outputs gives. */
  abstract void backwardRow(int part, int channel, int row);

  /**
   * Whether the way back sets each derivative that it is about, so that none has to be 0 before.
   */
  boolean overwrites() {
    return false;
  }

  /** Computes one row of the outputs. */
  void forwardRow(int part, int channel, int row) {
    for (int column = 0; column < out.width; column++) {
      forward(part, channel, row, column);
    }
  }

  @Override
  void forward(MapPass pass, int part) {
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        forwardRow(part, c, y);
      }
    }
  }

  @Override
  void backward(MapPass pass, int part) {
    if (inDelta == null) {
      return;
    }
    if (!overwrites()) {
      inDelta.clear(part);
    }
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        backwardRow(part, c, y);
      }
    }
  }
}
