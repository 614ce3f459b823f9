package io.mnist4j.train;

/** A training that was asked to stop, and did after the step that it was at. */
public final class TrainingInterruptedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient TrainingState state;

  public TrainingInterruptedException(TrainingState state) {
    super("interrupted in epoch %d after %d of its steps".formatted(state.epoch(), state.step()));
    this.state = state;
  }

  /** How far it came. */
  public TrainingState state() {
    return state;
  }
}
