package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.train.engine.kernels.MapKernels;
import java.util.Arrays;

/**
 * Images, or the feature maps that a layer makes of them, for a whole batch. Sixteen images are a
 * part and lie side by side: {@code [channel][row][column][16]}. So a vector register holds the
 * same number of several images, whatever the size of the maps, and no window ever has to be laid
 * out.
 *
 * <p>There may be a border of zeros around each map, for a convolution that reaches over the edge:
 * nothing is ever written there. The number of channels is rounded up to a multiple of four, since
 * the kernels compute four at a time.
 */
final class FeatureMaps {
  final int channels;
  final int height;
  final int width;

  /** Floats from a row to the next. */
  final int rowStride;

  /** Floats from a channel to the next. */
  final int planeStride;

  private final int origin;
  private final float[][] parts;

  /**
   * @param batch the most images at once
   */
  FeatureMaps(int channels, int height, int width, Border border, int batch) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    rowStride = (border.left() + width + border.right()) * LANES;
    planeStride = (border.top() + height + border.bottom()) * rowStride;
    origin = border.top() * rowStride + border.left() * LANES;
    parts = new float[parts(batch)][Math.multiplyExact(MapKernels.roundUp(channels), planeStride)];
  }

  /** Into how many parts some images are divided. */
  static int parts(int images) {
    return (images + LANES - 1) / LANES;
  }

  float[] part(int part) {
    return parts[part];
  }

  /** Where the sixteen numbers of a pixel begin; row and column may lie in the border. */
  int at(int channel, int row, int column) {
    return origin + channel * planeStride + row * rowStride + column * LANES;
  }

  /** Floats of a row without its border. */
  int rowLength() {
    return width * LANES;
  }

  /** The places of all pixels of the first channel, row by row. */
  int[] pixels() {
    int[] places = new int[height * width];
    for (int i = 0; i < places.length; i++) {
      places[i] = at(0, i / width, i % width);
    }
    return places;
  }

  /** Sets a part to 0. */
  void clear(int part) {
    Arrays.fill(parts[part], 0);
  }
}
