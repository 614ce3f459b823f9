package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.model.Tensors;
import java.nio.FloatBuffer;

/** Images with all their pixels, for a first stage that is a {@link DenseStage}. */
final class DenseInput extends Input {
  final Plane plane;
  private final Pixels pixels;

  /**
   * @param room the most images at once
   */
  DenseInput(Pixels pixels, int pixelsPerImage, int room) {
    this.pixels = pixels;
    plane = new Plane(pixelsPerImage, room, true);
  }

  @Override
  void load(
      Crew crew, Scratch[] scratch, int[] order, int first, int size, int epoch, FloatBuffer mask) {
    forEach(
        crew,
        size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          pixels.write(order[first + i], epoch, i, mask, row);
          plane.valueBuffer.put(i * row.length, row);
        });
  }

  @Override
  void load(Crew crew, Scratch[] scratch, ImageSet images, int first, int size) {
    forEach(
        crew,
        size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          Tensors.scale(images, first + i, row);
          plane.valueBuffer.put(i * row.length, row);
        });
  }

  @Override
  public void close() {
    plane.close();
  }
}
