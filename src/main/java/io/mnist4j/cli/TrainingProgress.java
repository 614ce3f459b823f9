package io.mnist4j.cli;

import io.mnist4j.data.DataSplit;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.NativeBackend;
import io.mnist4j.train.RunDirectory;
import io.mnist4j.train.TrainingListener;
import java.util.Locale;

/** Shows a training on stderr: a bar on a terminal, and a line for each epoch everywhere. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final Screen screen;
  private final ProgressBar bar;
  private final int epochs;
  private final RunDirectory directory;
  private final Thread onInterrupt = new Thread(this::sayInterrupted);
  private volatile int epochsDone;

  TrainingProgress(Screen screen, int epochs, RunDirectory directory) {
    this.screen = screen;
    this.bar = screen.bar();
    this.epochs = epochs;
    this.directory = directory;
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  void start(DataSplit split, NativeBackend backend) {
    screen.line(
        String.format(
            Locale.ROOT,
            "Training on %s: %,d images, %s%,d to test; %d thread%s",
            split.dataset().name(),
            split.train().size(),
            split.validatesOnTest()
                ? ""
                : String.format(Locale.ROOT, "%,d to validate, ", split.validation().size()),
            split.test().size(),
            backend.threads(),
            backend.threads() == 1 ? "" : "s"));
  }

  @Override
  public void onStep(Step step) {
    double fraction = (double) step.step() / step.stepsPerEpoch();
    bar.update(
        "Epoch %d/%d".formatted(step.epoch(), epochs),
        fraction,
        String.format(
            Locale.ROOT,
            "loss %.4f, %,.0f samples/s, %s left",
            step.meanLoss(),
            step.samplesPerSecond(),
            duration(step.secondsLeft(epochs))));
  }

  @Override
  public void onEpoch(EpochMetrics metrics) {
    epochsDone = metrics.epoch();
    bar.wipe();
    screen.line(
        String.format(
            Locale.ROOT,
            "Epoch %d/%d: loss %.4f, validation loss %.4f, validation accuracy %.4f, %.1f s",
            metrics.epoch(),
            epochs,
            metrics.trainLoss(),
            metrics.validation().loss(),
            metrics.validation().accuracy(),
            metrics.seconds()));
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60 ? whole + " s" : "%d:%02d min".formatted(whole / 60, whole % 60);
  }

  private void sayInterrupted() {
    bar.close();
    screen.warn(
        "interrupted after %d of %d epochs: their metrics are in %s, the model was not saved"
            .formatted(epochsDone, epochs, directory.path()));
  }

  /** The training is over, well or not: an interrupt has nothing more to say about it. */
  @Override
  public void close() {
    bar.close();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The process is being ended: the hook runs, and has said it.
    }
  }
}
