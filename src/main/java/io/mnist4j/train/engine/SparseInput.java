package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.augment.AugmentationSpec;
import java.util.stream.IntStream;

/**
 * Images without their empty pixels, for a {@link SparseLayer}. Where they do not change, they are
 * made once, and a batch costs nothing.
 */
final class SparseInput extends LearnerInput {
  private final SparseLayer layer;

  /** All training images, or where they change, those of the batch. */
  private final CsrImages csr;

  private final boolean changing;
  private final int[] batchIndices;
  private ImageSet evaluated;
  private CsrImages sparseEvaluated;
  private int[] evaluatedIndices;

  /**
   * @param masked whether dropout changes the images
   * @param room the most images at once
   */
  SparseInput(
      SparseLayer layer,
      ImageSet training,
      AugmentationSpec augmentation,
      long seed,
      boolean masked,
      int room) {
    super(training, augmentation, seed);
    this.layer = layer;
    changing = masked || augments();
    csr = changing ? CsrImages.room(room, training.pixelsPerImage()) : CsrImages.of(training);
    batchIndices = IntStream.range(0, room).toArray();
  }

  @Override
  void load(WorkerPool workers, Scratch[] scratch, InputBatch batch) {
    if (changing) {
      super.load(workers, scratch, batch);
      layer.setImages(csr, batchIndices, 0);
    } else {
      layer.setImages(csr, batch.order(), batch.first());
    }
  }

  @Override
  void set(int place, float[] pixels) {
    csr.set(place, pixels);
  }

  @Override
  void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size) {
    if (evaluated != images) {
      evaluated = images;
      sparseEvaluated = CsrImages.of(images);
      evaluatedIndices = IntStream.range(0, images.size()).toArray();
    }
    layer.setImages(sparseEvaluated, evaluatedIndices, first);
  }
}
