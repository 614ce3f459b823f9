package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import java.nio.FloatBuffer;

/** Brings images to the first layer, in the form that this layer takes. */
abstract class LearnerInput implements AutoCloseable {
  private static final int IMAGES_PER_PART = 32;

  /** A batch of training images. */
  static final class InputBatch {
    /** The images of the epoch, of which the batch is a stretch. */
    final int[] order;

    /** Index of the batch's first image in the order. */
    final int first;

    /** Images of the batch. */
    final int size;

    final int epoch;

    /** Of dropout, {@code [images, pixels]}; null for none. */
    final FloatBuffer mask;

    InputBatch(int[] order, int first, int size, int epoch, FloatBuffer mask) {
      this.order = order;
      this.first = first;
      this.size = size;
      this.epoch = epoch;
      this.mask = mask;
    }
  }

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
