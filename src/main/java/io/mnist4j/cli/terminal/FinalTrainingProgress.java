package io.mnist4j.cli.terminal;

import io.mnist4j.report.text.NumberText;
import io.mnist4j.train.TrainingListener;

/** A bar for the final training of a sweep; figures of its epochs are not shown. */
public final class FinalTrainingProgress implements TrainingListener, AutoCloseable {
  private final ProgressBar bar;
  private final int epochs;

  public FinalTrainingProgress(Console console, int epochs) {
    this.bar = console.bar();
    this.epochs = epochs;
  }

  @Override
  public void onStep(TrainingStep step) {
    if (bar.isDue()) {
      double done = step.epoch() - 1 + (double) step.step() / step.stepsPerEpoch();
      bar.update(
          "Epoch %d/%d".formatted(step.epoch(), epochs),
          done / epochs,
          NumberText.wholeSeconds(step.secondsLeft(epochs)) + " left");
    }
  }

  @Override
  public void close() {
    bar.close();
  }
}
