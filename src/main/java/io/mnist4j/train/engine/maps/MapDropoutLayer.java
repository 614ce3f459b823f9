package io.mnist4j.train.engine.maps;

import static io.mnist4j.train.engine.kernels.MapKernels.LANES;

import io.mnist4j.train.engine.stage.DropoutMask;
import java.util.Arrays;

/** Dropout on feature maps: multiplies by a mask in training, and copies afterwards. */
final class MapDropoutLayer extends MapLayer {
  private final DropoutMask mask;

  /**
   * @param keepProbability above 0, at most 1
   */
  MapDropoutLayer(Link below, Link above, double keepProbability) {
    super(below, above);
    mask = new DropoutMask(keepProbability, in.channels * in.height * in.width);
  }

  @Override
  void draw(int images) {
    mask.draw(images);
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
    float[] source = from.part(part);
    float[] target = to.part(part);
    float[] factors = new float[in.rowLength()];
    Arrays.fill(factors, 1);
    for (int c = 0; c < in.channels; c++) {
      for (int y = 0; y < in.height; y++) {
        if (pass.training()) {
          drawRow((c * in.height + y) * in.width, part * LANES, pass.imagesOf(part), factors);
        }
        int a = from.at(c, y, 0);
        int b = to.at(c, y, 0);
        for (int i = 0; i < factors.length; i++) {
          target[b + i] = source[a + i] * factors[i];
        }
      }
    }
  }

  private void drawRow(int firstUnit, int firstImage, int images, float[] factors) {
    for (int x = 0; x < in.width; x++) {
      for (int i = 0; i < images; i++) {
        factors[x * LANES + i] = mask.factor(firstImage + i, firstUnit + x);
      }
    }
  }
}
