package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.Tensors;

/** Images with all their pixels, for a first layer that is a {@link DenseLayer}. */
final class DenseInput extends LearnerInput {
  final ActivationBuffer buffer;
  private final PixelScaling pixels;

  /**
   * @param room the most images at once
   */
  DenseInput(PixelScaling pixels, int pixelsPerImage, int room) {
    this.pixels = pixels;
    buffer = new ActivationBuffer(pixelsPerImage, room, true);
  }

  @Override
  void load(WorkerPool workers, Scratch[] scratch, InputBatch batch) {
    forEach(
        workers,
        batch.size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          pixels.write(batch, i, row);
          buffer.valueBuffer.put(i * row.length, row);
        });
  }

  @Override
  void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size) {
    forEach(
        workers,
        size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          Tensors.scale(images, first + i, row);
          buffer.valueBuffer.put(i * row.length, row);
        });
  }

  @Override
  public void close() {
    buffer.close();
  }
}
