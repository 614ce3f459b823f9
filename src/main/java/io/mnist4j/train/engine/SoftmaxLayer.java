package io.mnist4j.train.engine;

import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.Exponential;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.Stage;
import io.mnist4j.train.engine.stage.StageContext;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.nio.FloatBuffer;

/**
 * Softmax between two layers: a = e<sup>z</sup> / Σ e<sup>z</sup> over the units of each image.
 * Inputs and outputs lie unit by unit.
 */
final class SoftmaxLayer extends FlatLayer {
  private static final int IMAGES_PER_PART = 16;

  /**
   * @param below with units in one piece each
   */
  SoftmaxLayer(StageContext context, Stage below) {
    super(below, new ActivationBuffer(below.out.units, context.room(), false));
  }

  @Override
  protected boolean learns() {
    return below.needsDeltas();
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {
    forEachPart(
        workers,
        images,
        (first, size, worker) -> {
          float[] z = scratch[worker].weights(in.units * size);
          read(in.valueBuffer, z, first, size, images);
          for (int i = 0; i < size; i++) {
            activate(z, i, size);
          }
          write(z, out.valueBuffer, first, size, images);
        });
  }

  /** With d the derivative by the outputs, that by an input is a (d - Σ a d). */
  @Override
  public void backward(WorkerPool workers, Scratch[] scratch, int images) {
    forEachPart(
        workers,
        images,
        (first, size, worker) -> {
          float[] a = scratch[worker].weights(in.units * size);
          float[] delta = scratch[worker].gradients(in.units * size);
          read(out.valueBuffer, a, first, size, images);
          read(out.deltaBuffer, delta, first, size, images);
          for (int i = 0; i < size; i++) {
            differentiate(delta, a, i, size);
          }
          write(delta, in.deltaBuffer, first, size, images);
        });
  }

  /** Some images of the batch. */
  @FunctionalInterface
  private interface Images {
    void run(int first, int size, int worker);
  }

  private static void forEachPart(WorkerPool workers, int images, Images work) {
    workers.run(
        (images + IMAGES_PER_PART - 1) / IMAGES_PER_PART,
        (part, worker) -> {
          int first = part * IMAGES_PER_PART;
          work.run(first, Math.min(IMAGES_PER_PART, images - first), worker);
        });
  }

  /** Takes the columns of some images, {@code [units, size]}. */
  private void read(FloatBuffer from, float[] to, int first, int size, int images) {
    for (int unit = 0; unit < in.units; unit++) {
      from.get(unit * images + first, to, unit * size, size);
    }
  }

  private void write(float[] from, FloatBuffer to, int first, int size, int images) {
    for (int unit = 0; unit < in.units; unit++) {
      to.put(unit * images + first, from, unit * size, size);
    }
  }

  private void activate(float[] z, int image, int size) {
    int end = in.units * size;
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = image; k < end; k += size) {
      largest = Math.max(largest, z[k]);
    }
    double sum = 0;
    for (int k = image; k < end; k += size) {
      z[k] =
          (float) Exponential.exp((double) z[k] - largest)
              + ActivationBuffer.TINY
              - ActivationBuffer.TINY;
      sum += z[k];
    }
    for (int k = image; k < end; k += size) {
      z[k] = (float) (z[k] / sum);
    }
  }

  private void differentiate(float[] delta, float[] a, int image, int size) {
    int end = in.units * size;
    double common = 0;
    for (int k = image; k < end; k += size) {
      common += (double) a[k] * delta[k];
    }
    for (int k = image; k < end; k += size) {
      delta[k] =
          (float) (a[k] * (delta[k] - common)) + ActivationBuffer.TINY - ActivationBuffer.TINY;
    }
  }
}
