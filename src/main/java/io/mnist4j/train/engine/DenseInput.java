package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.model.Tensors;

/** Images with all their pixels, for a first layer that is a {@link DenseLayer}. */
final class DenseInput extends LearnerInput {
  final ActivationBuffer buffer;

  /**
   * @param room the most images at once
   */
  DenseInput(ImageSet training, AugmentationSpec augmentation, long seed, int room) {
    super(training, augmentation, seed);
    buffer = new ActivationBuffer(training.pixelsPerImage(), room, true);
  }

  @Override
  void set(int place, float[] pixels) {
    buffer.valueBuffer.put(place * pixels.length, pixels);
  }

  @Override
  void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size) {
    forEach(
        workers,
        size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          Tensors.scale(images, first + i, row);
          set(i, row);
        });
  }

  @Override
  public void close() {
    buffer.close();
  }
}
