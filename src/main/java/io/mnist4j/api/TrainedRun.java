package io.mnist4j.api;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.run.RunFolder;
import io.mnist4j.run.RunFormat;
import io.mnist4j.run.SummaryFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A training that came to its end.
 *
 * @param folder with the files of the run
 * @param dataset that it learned from and was tested on
 * @param testAccuracy of the saved network on the test images, 0 to 1
 * @param testLoss of the saved network; in nats for cross-entropy
 * @param bestEpoch whose network was saved, from 1: the last one without early stopping
 * @param epochs all of them, in their order
 */
public record TrainedRun(
    Path folder,
    String dataset,
    double testAccuracy,
    double testLoss,
    int bestEpoch,
    List<TrainedEpoch> epochs) {

  public TrainedRun {
    epochs = List.copyOf(epochs);
  }

  static TrainedRun of(RunFolder folder) throws RunFolderException {
    SummaryFile summary = RunFormat.readSummary(folder.summary());
    return new TrainedRun(
        folder.path(),
        summary.dataset(),
        summary.testAccuracy(),
        summary.testLoss(),
        summary.bestEpoch(),
        summary.epochs().stream().map(TrainedEpoch::of).toList());
  }

  /** The network: an ordinary zip of Deeplearning4j with a record of where it comes from. */
  public Path model() {
    return RunFolder.of(folder).model();
  }
}
