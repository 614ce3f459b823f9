package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * Images without their empty pixels, for a {@link SparseLayer}. Where they do not change, they are
 * made once, and a batch costs nothing.
 */
final class SparseInput extends LearnerInput {
  private final SparseLayer stage;
  private final PixelScaling pixels;

  /** All training images; null where they change. */
  private final CsrImages all;

  /** Those of the batch, where they change; else null. */
  private final CsrImages batch;

  private final int[] places;
  private ImageSet evaluated;
  private CsrImages sparseEvaluated;
  private int[] placesEvaluated;

  /**
   * @param masked whether dropout changes the images
   * @param room the most images at once
   */
  SparseInput(SparseLayer stage, ImageSet images, PixelScaling pixels, boolean masked, int room) {
    this.stage = stage;
    this.pixels = pixels;
    boolean change = masked || pixels.change();
    all = change ? null : CsrImages.of(images);
    batch = change ? CsrImages.room(room, images.pixelsPerImage()) : null;
    places = IntStream.range(0, room).toArray();
  }

  @Override
  void load(
      WorkerPool workers,
      Scratch[] scratch,
      int[] order,
      int first,
      int size,
      int epoch,
      FloatBuffer mask) {
    if (all != null) {
      stage.setImages(all, order, first);
      return;
    }
    forEach(
        workers,
        size,
        (i, worker) -> {
          float[] row = scratch[worker].pixels;
          pixels.write(order[first + i], epoch, i, mask, row);
          batch.set(i, row);
        });
    stage.setImages(batch, places, 0);
  }

  @Override
  void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size) {
    if (evaluated != images) {
      evaluated = images;
      sparseEvaluated = CsrImages.of(images);
      placesEvaluated = IntStream.range(0, images.size()).toArray();
    }
    stage.setImages(sparseEvaluated, placesEvaluated, first);
  }
}
