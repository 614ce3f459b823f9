package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.train.engine.stage.DropoutMask;
import io.mnist4j.train.engine.stage.InputBatch;
import io.mnist4j.train.engine.stage.PixelReader;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images without their empty pixels, for a {@link SparseLayer}. Where they do not change, they are
 * made once, and a batch costs nothing.
 */
final class SparseInput {
  private final PixelReader reader;

  /** Dropout of pixels; most often none. */
  private final List<DropoutMask> masks;

  /** All training images, or where they change, those of the batch. */
  private final CsrImages csr;

  private final boolean changing;
  private final int[] batchIndices;
  private ImageSet evaluated;
  private CsrImages sparseEvaluated;
  private int[] evaluatedIndices;

  /**
   * @param room the most images at once
   */
  SparseInput(PixelReader reader, ImageSet training, List<DropoutMask> masks, int room) {
    this.reader = reader;
    this.masks = masks;
    changing = !masks.isEmpty() || reader.augments();
    csr = changing ? CsrImages.room(room, training.pixelsPerImage()) : CsrImages.of(training);
    batchIndices = IntStream.range(0, room).toArray();
  }

  /** Draws the masks of a step. */
  void draw(int images) {
    masks.forEach(mask -> mask.draw(images));
  }

  /** Brings a batch to learn from to a layer. */
  void load(WorkerPool workers, Scratch[] scratch, InputBatch batch, SparseLayer layer) {
    if (changing) {
      reader.read(workers, scratch, batch, this::set);
      layer.setImages(csr, batchIndices, 0);
    } else {
      layer.setImages(csr, batch.order(), batch.first());
    }
  }

  private void set(int place, float[] pixels) {
    for (DropoutMask mask : masks) {
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] *= mask.factor(place, p);
      }
    }
    csr.set(place, pixels);
  }

  /** Brings a stretch of images as they are. */
  void load(ImageSet images, int first, SparseLayer layer) {
    if (evaluated != images) {
      evaluated = images;
      sparseEvaluated = CsrImages.of(images);
      evaluatedIndices = IntStream.range(0, images.size()).toArray();
    }
    layer.setImages(sparseEvaluated, evaluatedIndices, first);
  }
}
