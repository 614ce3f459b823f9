package io.mnist4j.run;

import io.mnist4j.train.EpochMetrics;
import java.util.List;
import java.util.Optional;

/**
 * What the text files of a run's folder say; {@link RunFormat} reads it.
 *
 * @param name of the run: that of its folder
 * @param config the text of the experiment file
 * @param epochs at least one
 * @param result empty if the run has not come to its end
 */
public record SavedRun(
    RunFolder folder,
    String name,
    String config,
    List<EpochMetrics> epochs,
    Optional<SummaryFile> result) {

  public SavedRun {
    epochs = List.copyOf(epochs);
  }

  /** The same under another name. */
  public SavedRun called(String otherName) {
    return new SavedRun(folder, otherName, config, epochs, result);
  }
}
