package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import java.nio.FloatBuffer;

/** Brings images to the first layer, in the form that this layer takes. */
abstract class LearnerInput implements AutoCloseable {
  private static final int IMAGES_PER_PART = 32;

  /**
   * A batch of training images.
   *
   * @param order the images of the epoch, of which the batch is a stretch
   * @param first index of the batch's first image in the order
   * @param size images of the batch
   * @param mask of dropout, {@code [images, pixels]}; null for none
   */
  record InputBatch(int[] order, int first, int size, int epoch, FloatBuffer mask) {}

  /** Brings a batch to be learned from. */
  abstract void load(WorkerPool workers, Scratch[] scratch, InputBatch batch);

  /** Brings a stretch of images to be evaluated, as they are. */
  abstract void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size);

  @Override
  public void close() {}

  /** Does something for each image of a batch. */
  static void forEach(WorkerPool workers, int size, WorkerPool.Work ofImage) {
    workers.run(
        (size + IMAGES_PER_PART - 1) / IMAGES_PER_PART,
        (part, worker) -> {
          int last = Math.min(size, (part + 1) * IMAGES_PER_PART);
          for (int i = part * IMAGES_PER_PART; i < last; i++) {
            ofImage.run(i, worker);
          }
        });
  }
}
