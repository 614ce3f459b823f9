package io.mnist4j.cli.options;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.DigitReader.Scope;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pictures are read, by which model, and what is told of them. */
public final class PredictOptions extends OptionGroup {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "PNG, JPEG, GIF, BMP or TIFF files, folders of them, or quoted patterns such as"
              + " '**/*.png'; zip, tar and Parquet files of them; npz, npy, IDX, CSV, ARFF and"
              + " LIBSVM files of images; - reads one picture from standard input.")
  private List<String> files;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "The folder of a run or its model.zip, or a Deeplearning4j, Keras, ONNX or safetensors"
              + " file (default: of the newest run in runs/).")
  private Path model;

  @Option(
      names = "--top",
      paramLabel = "K",
      description =
          "How many classes are told, the most probable first (default: text 1, JSON all).")
  private Integer top;

  @Option(names = "--show", description = "Also draws what the network sees, in text.")
  private boolean show;

  @Option(
      names = "--explain",
      paramLabel = "DIR",
      description = "Also writes a picture of why, for each digit, into this folder.")
  private Path explain;

  @Option(
      names = "--grid",
      description =
          "Reads a form, boxes side by side in rows, as a table: CSV, a line for each row of"
              + " boxes.")
  private boolean grid;

  @Option(
      names = "--reject",
      paramLabel = "P",
      description =
          "Answers none for what is less sure than this to be the digit that it is taken for, 0 to"
              + " 1 (default: 0, each gets a name; 0.5 sorts out letters and scribbles).")
  private double reject;

  @Mixin private ScopeOptions scope;
  @Mixin private ScaleOption scale;
  @Mixin private ThreadOption threads;

  /** Names of files, folders and patterns, checked with the other options. */
  public List<String> files() {
    if (top != null && top < 1) {
      throw wrong("--top must be at least 1, not " + top);
    }
    if (!(reject >= 0 && reject <= 1)) {
      throw wrong("--reject must be from 0 to 1, not " + reject);
    }
    scope.check();
    if (grid && !(scope.isDefault() && top == null && explain == null && !show)) {
      throw wrong(
          "--grid tells nothing but what stands in the boxes of a form: leave --segment, --as-is,"
              + " --top, --show and --explain out");
    }
    for (String file : files) {
      if (file.isEmpty()) {
        throw wrong("FILE must not be empty");
      }
      if (new File(file).isFile() && ModelFile.isModel(Path.of(file))) {
        throw wrong("%s is a model, not a picture: name it with --model".formatted(file));
      }
    }
    return files;
  }

  /** Starts the backend and reads the model that was named, or that of the newest run. */
  public Classifier classifier(Console console)
      throws IOException, ModelException, BackendException {
    ModelChoice choice = ModelChoice.of(model, command, console);
    return new Classifier(choice.load(scale, Backend.cpu(), threads, console));
  }

  /** What is read of each picture. */
  public Scope scope(Classifier classifier) {
    return grid ? Scope.GRID : scope.scope(classifier);
  }

  /** Digits that are less sure are not known, 0 to 1. */
  public double reject() {
    return reject;
  }

  /** Whether a form is read as a table. */
  public boolean grid() {
    return grid;
  }

  /** How many classes are told; null for as many as is usual. */
  public Integer top() {
    return top;
  }

  public boolean show() {
    return show;
  }

  /** The folder that explanations go to; null for none. */
  public Path explain() {
    return explain;
  }
}
