package io.mnist4j.train.engine;

import io.mnist4j.train.engine.stage.ActivationBuffer;
import io.mnist4j.train.engine.stage.DropoutMask;
import io.mnist4j.train.engine.stage.Scratch;
import io.mnist4j.train.engine.stage.Stage;
import io.mnist4j.train.engine.stage.StageContext;
import io.mnist4j.train.engine.stage.WorkerPool;
import java.nio.FloatBuffer;

/**
 * Dropout: multiplies each number by 0, or by 1 / the probability of being kept; in evaluation it
 * leaves all as they are. Its outputs lie as its inputs do.
 */
final class DropoutLayer extends FlatLayer {
  private static final int LINES_PER_PART = 32;

  private final DropoutMask mask;

  /** Its factors in the order in which the inputs lie. */
  private final float[] factors;

  /**
   * @param keepProbability above 0, at most 1
   */
  DropoutLayer(StageContext context, Stage below, double keepProbability) {
    super(below, new ActivationBuffer(below.out.units, context.room(), below.out.imageMajor));
    mask = new DropoutMask(keepProbability, in.units);
    factors = new float[in.units * context.batchSize()];
  }

  @Override
  protected boolean learns() {
    return below.needsDeltas();
  }

  @Override
  public void draw(int images) {
    mask.draw(images);
  }

  @Override
  public void forward(WorkerPool workers, Scratch[] scratch, int images, boolean training) {
    forEachPart(
        workers,
        images,
        (first, last, worker) -> {
          if (training) {
            layOut(first, last, images);
          }
          move(scratch[worker], images, first, last, training, in.valueBuffer, out.valueBuffer);
        });
  }

  @Override
  public void backward(WorkerPool workers, Scratch[] scratch, int images) {
    forEachPart(
        workers,
        images,
        (first, last, worker) ->
            move(scratch[worker], images, first, last, true, out.deltaBuffer, in.deltaBuffer));
  }

  /** Some lines of the buffers, from one to before another. */
  @FunctionalInterface
  private interface Lines {
    void run(int first, int last, int worker);
  }

  private void forEachPart(WorkerPool workers, int images, Lines work) {
    int lines = in.lines(images);
    workers.run(
        (lines + LINES_PER_PART - 1) / LINES_PER_PART,
        (part, worker) -> {
          int first = part * LINES_PER_PART;
          work.run(first, Math.min(lines, first + LINES_PER_PART), worker);
        });
  }

  private void layOut(int first, int last, int images) {
    int length = in.lineLength(images);
    for (int line = first; line < last; line++) {
      for (int i = 0; i < length; i++) {
        factors[line * length + i] = in.imageMajor ? mask.factor(line, i) : mask.factor(i, line);
      }
    }
  }

  private void move(
      Scratch scratch,
      int images,
      int first,
      int last,
      boolean masked,
      FloatBuffer from,
      FloatBuffer to) {
    int length = in.lineLength(images);
    float[] line = scratch.row(length);
    for (int start = first * length; start < last * length; start += length) {
      from.get(start, line);
      if (masked) {
        for (int i = 0; i < length; i++) {
          line[i] *= factors[start + i];
        }
      }
      to.put(start, line);
    }
  }
}
