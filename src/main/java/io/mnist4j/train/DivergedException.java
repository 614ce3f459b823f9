package io.mnist4j.train;

/** The training went wrong for good: its loss is infinite or not a number. */
public final class DivergedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param step optimiser steps done so far, from 1
   */
  public DivergedException(long step, int epoch, double loss) {
    super(
        "training diverged: the loss is %s at step %d (epoch %d); try a lower --learning-rate"
            .formatted(loss, step, epoch));
  }
}
