package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.data.augment.Augmenter;
import io.mnist4j.model.Tensors;
import java.nio.FloatBuffer;

/**
 * Brings images to the first layer, in the form that this layer takes: their pixels in [0, 1],
 * changed at random in training where that is asked for.
 */
abstract class LearnerInput implements AutoCloseable {
  private static final int IMAGES_PER_PART = 32;

  private final ImageSet training;

  /** Null where training images stay as they are. */
  private final Augmenter augmenter;

  /**
   * @param training the images that are learned from
   * @param seed of the augmentation
   */
  LearnerInput(ImageSet training, AugmentationSpec augmentation, long seed) {
    this.training = training;
    augmenter = augmentation.isOff() ? null : new Augmenter(training, augmentation, seed);
  }

  /**
   * A batch of training images.
   *
   * @param order the images of the epoch, of which the batch is a stretch
   * @param first index of the batch's first image in the order
   * @param size images of the batch
   * @param mask of dropout, {@code [images, pixels]}; null for none
   */
  record InputBatch(int[] order, int first, int size, int epoch, FloatBuffer mask) {}

  /** Whether a training image is another one in each epoch. */
  final boolean augments() {
    return augmenter != null;
  }

  /** Brings a batch to be learned from. */
  void load(WorkerPool workers, Scratch[] scratch, InputBatch batch) {
    forEach(
        workers,
        batch.size(),
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          int image = batch.order()[batch.first() + i];
          if (augmenter == null) {
            Tensors.scale(training, image, row);
          } else {
            augmenter.augment(image, batch.epoch(), row, 0);
          }
          FloatBuffer mask = batch.mask();
          if (mask != null) {
            for (int p = 0; p < row.length; p++) {
              row[p] *= mask.get(i * row.length + p);
            }
          }
          set(i, row);
        });
  }

  /** Takes the pixels of one image of the batch, which are overwritten afterwards. */
  abstract void set(int place, float[] pixels);

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
