package io.mnist4j.train.engine.stage;

import io.mnist4j.data.ImageSet;

/**
 * The first stage of a network: it brings images to the first flat layer. It may be no more than
 * their pixels, or hold layers of its own that have a better form for images than a row of numbers;
 * then {@link #draw} draws for all of them, in their order.
 *
 * <p>What it fills is its {@link #out}, {@code [images, units]} in either layout; for an image the
 * unit's index is that of channel, row, column. A load comes before each {@link #forward}.
 */
public abstract class NetworkFront extends Stage {

  /**
   * @param out closed with this stage
   */
  protected NetworkFront(ActivationBuffer out) {
    super(out);
  }

  /** Takes a batch to learn from, after {@link #draw}: augmented where that is asked for. */
  public abstract void load(WorkerPool workers, Scratch[] scratch, InputBatch batch);

  /**
   * Takes images to evaluate, as they are.
   *
   * @param first index of the first one
   * @param size how many
   */
  public abstract void load(
      WorkerPool workers, Scratch[] scratch, ImageSet images, int first, int size);
}
