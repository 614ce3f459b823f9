package io.mnist4j.train.tensorboard;

import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TrainingListener;
import java.io.Closeable;
import java.io.IOException;

/** Draws a training's epochs in TensorBoard: the step of a point is the number of its epoch. */
public final class TensorBoardListener implements TrainingListener, Closeable {
  private final TensorBoardWriter writer;

  public TensorBoardListener(TensorBoardWriter writer) {
    this.writer = writer;
  }

  @Override
  public void onEpoch(EpochMetrics metrics) throws IOException {
    long now = System.currentTimeMillis();
    writer.scalar("loss/train", metrics.epoch(), metrics.trainLoss(), now);
    writer.scalar("loss/validation", metrics.epoch(), metrics.validationLoss(), now);
    writer.scalar("accuracy/validation", metrics.epoch(), metrics.validationAccuracy(), now);
    writer.scalar(
        "samples per second", metrics.epoch(), metrics.samples() / metrics.seconds(), now);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
