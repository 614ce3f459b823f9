package io.mnist4j.cli.terminal;

import io.mnist4j.report.text.NumberText;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TrainingListener;
import java.util.Locale;

/** Shows a training on stderr: a bar on a terminal, and a line for each epoch everywhere. */
public final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final Console console;
  private final ProgressBar bar;
  private final int epochs;
  private final int logInterval;

  /**
   * @param logInterval steps between two lines within an epoch; 0 for none
   */
  public TrainingProgress(Console console, int epochs, int logInterval) {
    this.console = console;
    this.bar = console.bar();
    this.epochs = epochs;
    this.logInterval = logInterval;
  }

  @Override
  public void onStep(TrainingStep step) {
    if (logInterval > 0 && step.step() % logInterval == 0) {
      bar.wipe();
      console.line(
          String.format(
              Locale.ROOT,
              "Epoch %d/%d, step %d/%d: loss %.4f, %,.0f samples/s",
              step.epoch(),
              epochs,
              step.step(),
              step.stepsPerEpoch(),
              step.meanLoss(),
              step.samplesPerSecond()));
    }
    if (!bar.isDue()) {
      return;
    }
    double fraction = (double) step.step() / step.stepsPerEpoch();
    bar.update(
        "Epoch %d/%d".formatted(step.epoch(), epochs),
        fraction,
        String.format(
            Locale.ROOT,
            "loss %.4f, %,.0f samples/s, %s left",
            step.meanLoss(),
            step.samplesPerSecond(),
            NumberText.wholeSeconds(step.secondsLeft(epochs))));
  }

  @Override
  public void onEpoch(EpochMetrics metrics) {
    bar.wipe();
    console.line(
        String.format(
            Locale.ROOT,
            "Epoch %d/%d: loss %.4f, validation loss %.4f, validation accuracy %.4f, %.1f s",
            metrics.epoch(),
            epochs,
            metrics.trainLoss(),
            metrics.validationLoss(),
            metrics.validationAccuracy(),
            metrics.seconds()));
  }

  @Override
  public void close() {
    bar.close();
  }
}
