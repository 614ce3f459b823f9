package io.mnist4j.cli.terminal;

import io.mnist4j.issues.IssueMonitor;
import io.mnist4j.report.text.NumberText;
import io.mnist4j.train.EpochMetrics;

/** Shows on stderr how the search for issues goes: a bar on a terminal, and a line a network. */
public final class IssuesProgress extends DataFetchProgress implements IssueMonitor {
  private int networks;
  private int network;
  private int epochs;

  public IssuesProgress(Console console) {
    super(console);
  }

  @Override
  public void onNetwork(int number, int count, int ofEach, int images) {
    if (number == 1) {
      line(
          NumberText.format(
              "Training %d networks, each for %d epochs on %,d images", count, ofEach, images));
    }
    network = number;
    networks = count;
    epochs = ofEach;
  }

  @Override
  public void onNote(String note) {
    line(note);
  }

  @Override
  public void onStep(TrainingStep step) {
    if (lines.isDue()) {
      double done = step.epoch() - 1 + (double) step.step() / step.stepsPerEpoch();
      lines.drawBar(
          "Network %d/%d".formatted(network, networks),
          (network - 1 + done / epochs) / networks,
          NumberText.format("epoch %d/%d, loss %.4f", step.epoch(), epochs, step.meanLoss()));
    }
  }

  @Override
  public void onEpoch(EpochMetrics metrics) {
    if (metrics.epoch() == epochs) {
      line(
          NumberText.format(
              "Network %d/%d: accuracy on the images that it has not seen %.4f",
              network, networks, metrics.validationAccuracy()));
    }
  }

  @Override
  public void onComparison(int images) {
    line(NumberText.format("Comparing %,d pictures", images));
  }
}
