package io.mnist4j.train.engine.maps;

import io.mnist4j.train.engine.kernels.MapKernels;
import io.mnist4j.train.engine.stage.WorkerPool;

/**
 * What one pass through the layers is about.
 *
 * @param images of the batch
 * @param training whether a backward pass follows
 */
record MapPass(WorkerPool workers, int images, boolean training) {
  int parts() {
    return FeatureMaps.parts(images);
  }

  /** Images in one of the parts, 1 to 16. */
  int imagesOf(int part) {
    return Math.min(MapKernels.LANES, images - part * MapKernels.LANES);
  }
}
