package io.mnist4j.cli.terminal;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.report.text.TrainingText;
import io.mnist4j.run.Experiment;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.TrainingMonitor;
import io.mnist4j.run.TrainingSession;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TrainingInterruptedException;
import java.nio.file.Path;

/**
 * Shows a training on stderr: a bar on a terminal, and a line for each epoch everywhere. From the
 * first step on, Ctrl-C and SIGTERM stop it at the end of a batch.
 */
public final class TrainingProgress extends DataFetchProgress implements TrainingMonitor {
  private final int logInterval;
  private RunFolder folder;
  private int epochs;
  private boolean repeats;

  /**
   * @param logInterval steps between two lines within an epoch; 0 for none
   */
  public TrainingProgress(Console console, int logInterval) {
    super(console);
    this.logInterval = logInterval;
  }

  @Override
  public void onStart(TrainingSession session, RunFolder runFolder) throws ConfigException {
    if (signal == null) {
      signal = new StopSignal();
    }
    folder = runFolder;
    epochs = session.inputs().experiment().training().epochs();
    line(TrainingText.of(session));
    console.detail("Learning by " + session.learner().text());
    if (session.isQuickerOnCpu()) {
      line(
          "This network is small, and probably quicker with --backend cpu; `mnist4j doctor --bench`"
              + " measures both");
    }
  }

  @Override
  public void onRepeat(int number, int count, Experiment experiment) {
    repeats = true;
    line(
        "Run %d of %d, %s"
            .formatted(
                number,
                count,
                experiment.data().fold() > 0
                    ? "validated by fold " + experiment.data().fold()
                    : "seed " + experiment.seed()));
  }

  /** The folder of the run that has started. */
  public RunFolder folder() {
    return folder;
  }

  @Override
  public boolean stopRequested() {
    return signal.getAsBoolean();
  }

  /** Says how a run that was asked to stop goes on, and returns the exit code of the signal. */
  public int interrupted(TrainingInterruptedException e) {
    lines.close();
    Path whole = repeats ? folder.path().getParent() : folder.path();
    console.error("%s; go on with: mnist4j train --resume %s".formatted(e.getMessage(), whole));
    return signal.exitCode();
  }

  @Override
  public void onNote(String note) {
    line(note);
  }

  @Override
  public void onStep(TrainingStep step) {
    if (logInterval > 0 && step.step() % logInterval == 0) {
      line(
          NumberText.format(
              "Epoch %d/%d, step %d/%d: loss %.4f, %,.0f samples/s",
              step.epoch(),
              epochs,
              step.step(),
              step.stepsPerEpoch(),
              step.meanLoss(),
              step.samplesPerSecond()));
    }
    if (lines.isDue()) {
      lines.drawBar(
          "Epoch %d/%d".formatted(step.epoch(), epochs),
          (double) step.step() / step.stepsPerEpoch(),
          NumberText.format(
              "loss %.4f, %,.0f samples/s, %s left",
              step.meanLoss(),
              step.samplesPerSecond(),
              NumberText.wholeSeconds(step.secondsLeft(epochs))));
    }
  }

  @Override
  public void onEpoch(EpochMetrics metrics) {
    line(
        NumberText.format(
            "Epoch %d/%d: loss %.4f,%s validation loss %.4f, validation accuracy %.4f, %.1f s",
            metrics.epoch(),
            epochs,
            metrics.trainLoss(),
            metrics.trainAccuracy() == null
                ? ""
                : NumberText.format(" accuracy %.4f,", metrics.trainAccuracy()),
            metrics.validationLoss(),
            metrics.validationAccuracy(),
            metrics.seconds()));
  }
}
