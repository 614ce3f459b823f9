package io.mnist4j.train.engine;

import io.mnist4j.data.ImageSet;
import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.InputBatch;
import io.mnist4j.train.engine.stage.NetworkFront;
import io.mnist4j.train.engine.stage.PixelReader;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.WorkerPool;

/** Images with all their pixels. */
final class DenseInput extends NetworkFront {
  private final PixelReader reader;

  /**
   * @param room the most images at once
   * @param imageMajor how the pixels shall lie
   */
  DenseInput(PixelReader reader, int pixels, int room, boolean imageMajor) {
    super(new ActivationBuffer(pixels, room, imageMajor));
    this.reader = reader;
  }

  @Override
  protected boolean learns() {
    return false;
  }

  @Override
  public void load(WorkerPool workers, Scratch[] scratch, InputBatch batch) {
    reader.read(workers, scratch, batch, (place, pixels) -> set(place, pixels, batch.size()));
  }

  @Override
  public void load(WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size) {
    reader.read(workers, scratch, images, first, size, (place, pixels) -> set(place, pixels, size));
  }

  private void set(int place, float[] pixels, int images) {
    if (out.imageMajor) {
      out.valueBuffer.put(place * pixels.length, pixels);
      return;
    }
    for (int p = 0; p < pixels.length; p++) {
      out.valueBuffer.put(p * images + place, pixels[p]);
    }
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {}

  @Override
  public void backward(WorkerPool workers, Scratch[] scratch, int images) {}
}
