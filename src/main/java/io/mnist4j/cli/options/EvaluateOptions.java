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
  private static final int MOST_SHADOWS = 1_000;

  @Parameters(
      paramLabel = "MODEL",
      description =
          "The folder of a run or its model.zip, or a Deeplearning4j, Keras, ONNX or safetensors"
              + " file.")
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

  @Option(
      names = "--membership",
      description =
          "Attacks the model instead: how well does it tell the images that it learned from from"
              + " the test images?")
  private boolean membership;

  private int shadows = 4;

  @Option(
      names = "--shadows",
      paramLabel = "N",
      description =
          "With --membership: networks that are trained as the model was, for an attack that learns"
              + " from them; 0 for none (default: 4).")
  void shadows(int asked) {
    if (asked < 0 || asked > MOST_SHADOWS) {
      throw wrong("--shadows must be 0 to %d, not %d".formatted(MOST_SHADOWS, asked));
    }
    shadows = asked;
  }

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
        backend.chooseForAnswers(console),
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

  /** Whether the model is attacked instead of tested. */
  public boolean membership() {
    boolean other = dataset != null || output != null || predictions != null || plot;
    if (membership && (other || part != Part.TEST)) {
      throw wrong(
          "--membership asks for the images that the model learned from and was tested on; leave"
              + " out --dataset, --split, --output, --predictions and --plot");
    }
    return membership;
  }

  /** Networks that are trained for an attack. */
  public int shadows() {
    return shadows;
  }
}
