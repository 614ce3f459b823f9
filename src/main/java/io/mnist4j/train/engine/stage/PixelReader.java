package io.mnist4j.train.engine.stage;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.data.augment.Augmenter;
import io.mnist4j.model.Tensors;
import io.mnist4j.train.Mixup;

/**
 * Reads the pixels of a batch, in [0, 1]; training images are changed at random where that is asked
 * for.
 */
public final class PixelReader {
  private static final int IMAGES_PER_PART = 32;

  private final ImageSet training;

  /** Null where training images stay as they are. */
  private final Augmenter augmenter;

  /** Drawn for each batch before it is read; null where images stay by themselves. */
  private final Mixup mixup;

  /** Takes the pixels of one image. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes an image.
     *
     * @param place in the batch
     * @param pixels row by row; may be changed, and is overwritten afterwards
     */
    void set(int place, float[] pixels);
  }

  /**
   * @param training the images that are learned from
   * @param seed of the augmentation
   * @param mixup null for none
   */
  public PixelReader(ImageSet training, AugmentationSpec augmentation, long seed, Mixup mixup) {
    this.mixup = mixup;
    this.training = training;
    augmenter = augmentation.isOff() ? null : new Augmenter(training, augmentation, seed);
  }

  /** Whether a training image is another one in each epoch. */
  public boolean augments() {
    return augmenter != null || mixup != null;
  }

  /** Reads a batch to be learned from. */
  public void read(WorkerPool workers, Scratch[] scratch, InputBatch batch, Sink sink) {
    forEachImage(
        workers,
        batch.size(),
        (place, worker) -> {
          float[] pixels = scratch[worker].pixels;
          read(batch, place, pixels);
          if (mixup != null) {
            float[] ofPartner = scratch[worker].row(pixels.length);
            read(batch, mixup.partner(place), ofPartner);
            mixup.blend(pixels, ofPartner, pixels);
          }
          sink.set(place, pixels);
        });
  }

  private void read(InputBatch batch, int place, float[] pixels) {
    int image = batch.order()[batch.first() + place];
    if (augmenter == null) {
      Tensors.scale(training, image, pixels);
    } else {
      augmenter.augment(image, batch.epoch(), pixels, 0);
    }
  }

  /** Reads a stretch of images as they are. */
  public void read(
      WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size, Sink sink) {
    forEachImage(
        workers,
        size,
        (place, worker) -> {
          float[] pixels = scratch[worker].pixels;
          Tensors.scale(images, first + place, pixels);
          sink.set(place, pixels);
        });
  }

  /**
   * Does something for each image of a batch.
   *
   * @param ofImage takes the place in the batch, and the worker
   */
  public static void forEachImage(WorkerPool workers, int size, WorkerPool.Work ofImage) {
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
