package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import java.util.stream.IntStream;

/**
 * Images without their empty pixels, for a {@link SparseLayer}. Where they do not change, they are
 * made once, and a batch costs nothing.
 */
final class SparseInput extends LearnerInput {
  private final SparseLayer layer;
  private final PixelScaling pixels;

  /** All training images; null where they change. */
  private final CsrImages all;

  /** The images of the batch, where they change; else null. */
  private final CsrImages changed;

  private final int[] batchIndices;
  private ImageSet evaluated;
  private CsrImages sparseEvaluated;
  private int[] evaluatedIndices;

  /**
   * @param masked whether dropout changes the images
   * @param room the most images at once
   */
  SparseInput(SparseLayer layer, ImageSet images, PixelScaling pixels, boolean masked, int room) {
    this.layer = layer;
    this.pixels = pixels;
    boolean change = masked || pixels.change();
    all = change ? null : CsrImages.of(images);
    changed = change ? CsrImages.room(room, images.pixelsPerImage()) : null;
    batchIndices = IntStream.range(0, room).toArray();
  }

  @Override
  void load(WorkerPool workers, Scratch[] scratch, InputBatch batch) {
    if (all != null) {
      layer.setImages(all, batch.order, batch.first);
      return;
    }
    forEach(
        workers,
        batch.size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          pixels.write(batch, i, row);
          changed.set(i, row);
        });
    layer.setImages(changed, batchIndices, 0);
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
