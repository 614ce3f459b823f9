package io.mnist4j.errors;

/** The training went wrong for good: its loss or a parameter is infinite or not a number. */
public final class DivergedException extends Mnist4jException {
  private static final long serialVersionUID = 1L;

  private static final String WHAT_TO_TRY =
      "; try a lower learning rate, or training.clipping.norm=1";

  /**
   * @param step optimiser steps done so far, from 1
   * @param epoch from 1
   */
  public DivergedException(long step, int epoch, double loss) {
    super(
        ExitCode.DIVERGED,
        "training diverged: the loss is %s at step %d (epoch %d)%s"
            .formatted(loss, step, epoch, WHAT_TO_TRY),
        null);
  }

  /** For parameters; the arguments are those of the loss. */
  public DivergedException(long step, int epoch) {
    super(
        ExitCode.DIVERGED,
        "training diverged: parameters are infinite or not numbers at step %d (epoch %d)%s"
            .formatted(step, epoch, WHAT_TO_TRY),
        null);
  }
}
