package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import io.mnist4j.data.augment.Augmenter;
import io.mnist4j.model.Tensors;
import java.nio.FloatBuffer;

/** The pixels of training images, in [0, 1], changed at random where that is asked for. */
final class PixelScaling {
  private final ImageSet images;
  private final Augmenter augmenter;

  PixelScaling(ImageSet images, AugmentationSpec augmentation, long seed) {
    this.images = images;
    augmenter = augmentation.isOff() ? null : new Augmenter(images, augmentation, seed);
  }

  /** Whether an image is another one each time. */
  boolean change() {
    return augmenter != null;
  }

  /**
   * Writes one image, with the dropout of its place in the batch.
   *
   * @param place in the batch, from 0
   * @param row takes the pixels
   */
  void write(LearnerInput.InputBatch batch, int place, float[] row) {
    int image = batch.order[batch.first + place];
    FloatBuffer mask = batch.mask;
    if (augmenter == null) {
      Tensors.scale(images, image, row);
    } else {
      augmenter.augment(image, batch.epoch, row, 0);
    }
    if (mask != null) {
      for (int p = 0; p < row.length; p++) {
        row[p] *= mask.get(place * row.length + p);
      }
    }
  }
}
