package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.train.engine.stage.DropoutMask;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Dropout on feature maps: multiplies by a mask in training, and copies afterwards. */
final class MapDropoutLayer extends MapLayer {
  private final DropoutMask masks;

  /** {@code [images, channels, height, width]}. */
  private FloatBuffer mask;

  /**
   * @param keepProbability above 0, at most 1
   * @param batch the most images that are learned from at once
   */
  MapDropoutLayer(Link below, Link above, double keepProbability, int batch) {
    super(below, above);
    masks = new DropoutMask(keepProbability, batch, in.channels * in.height * in.width);
  }

  @Override
  void draw(int images) {
    mask = masks.draw(images);
  }

  @Override
  void forward(MapPass pass, int part) {
    multiply(pass, part, in, out);
  }

  @Override
  void backward(MapPass pass, int part) {
    if (inDelta != null) {
      multiply(pass, part, outDelta, inDelta);
    }
  }

  private void multiply(MapPass pass, int part, FeatureMaps from, FeatureMaps to) {
    int rowLength = in.width;
    int image = rowLength * in.height * in.channels;
    float[] row = new float[rowLength];
    float[] masks = new float[in.rowLength()];
    Arrays.fill(masks, 1);
    for (int c = 0; c < in.channels; c++) {
      for (int y = 0; y < in.height; y++) {
        if (pass.training()) {
          for (int i = 0; i < pass.imagesOf(part); i++) {
            mask.get((part * LANES + i) * image + (c * in.height + y) * rowLength, row);
            for (int x = 0; x < rowLength; x++) {
              masks[x * LANES + i] = row[x];
            }
          }
        }
        float[] source = from.part(part);
        float[] target = to.part(part);
        int a = from.at(c, y, 0);
        int b = to.at(c, y, 0);
        for (int i = 0; i < masks.length; i++) {
          target[b + i] = source[a + i] * masks[i];
        }
      }
    }
  }
}
