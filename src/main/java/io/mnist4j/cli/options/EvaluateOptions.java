package io.mnist4j.cli.options;

import io.mnist4j.cli.terminal.Console;
import io.mnist4j.data.Part;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.report.PredictionsFile;
import io.mnist4j.run.EvaluationRequest;
import io.mnist4j.run.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which model is tested on what. */
public final class EvaluateOptions extends OptionGroup {
  @Parameters(
      paramLabel = "MODEL",
      description = "The folder of a run or its model.zip, or a Deeplearning4j or Keras file.")
  private Path model;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE",
      completionCandidates = DataNames.Candidates.class,
      description =
          "Whose test images: a name, or a folder or file as train takes it (default: those of the"
              + " data set that it was trained on).")
  private String dataset;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Also writes the figures as files: text, JSON and CSV.")
  private Path output;

  @Option(
      names = "--split",
      paramLabel = "train|validation|test",
      defaultValue = "test",
      description =
          "Which images: those that it is tested on (the default), those that its training learned"
              + " from, or those that watched it.")
  private Part part;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description =
          "Also writes what the model says of each image, with the probability of each class: a"
              + " .csv table, or .jsonl.")
  private Path predictions;

  @Option(
      names = "--plot",
      description = "Also draws learning curves, classes and mistakes with block characters.")
  private boolean plot;

  @Mixin private ScaleOption scale;
  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private BackendOption backend;

  /** Chooses what computes, and sums up what is to be done. */
  public EvaluationRequest request(EnergyOption energy, Console console)
      throws BackendException, ModelException {
    int threadCount = threads.count();
    return new EvaluationRequest(
        RunFolder.modelOf(model),
        scale.range(),
        Optional.ofNullable(dataset),
        dataDir.store(),
        backend.choose(console, 1),
        threadCount,
        part,
        energy.gramsPerKwh());
  }

  /** Where files of the figures go; null for nowhere. */
  public Path output() {
    return output;
  }

  /**
   * The file of all predictions; null for none.
   *
   * @throws ParameterException if its name says no format
   */
  public Path predictions() {
    if (predictions != null && !PredictionsFile.isOne(predictions)) {
      throw wrong(
          "--predictions must be a file that ends in .csv or .jsonl, not '%s'"
              .formatted(predictions.getFileName()));
    }
    return predictions;
  }

  public boolean plot() {
    return plot;
  }
}
