package io.mnist4j.cli.options;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.run.RunFolder;
import io.mnist4j.text.ClosestName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model is written as what, and where to. */
public final class ExportOptions extends OptionGroup {
  @Parameters(
      paramLabel = "MODEL",
      description = "The folder of a run or its model.zip, or a Deeplearning4j or Keras file.")
  private Path model;

  @Option(
      names = "--format",
      paramLabel = "onnx|keras-h5|dl4j|csv|npz",
      description =
          "ONNX, Keras' HDF5, a Deeplearning4j zip without the state of the training, or the"
              + " weights alone as a table or NumPy arrays (default: what the name of --output"
              + " says).")
  private String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to (default: beside the model).")
  private Path output;

  /**
   * The model.
   *
   * @throws ModelException if a run's folder was named that has none
   */
  public Path model() throws ModelException {
    return RunFolder.modelOf(model);
  }

  /** The format that was asked for, or that of the file's name. */
  public ExportFormat format() {
    List<String> keys = Arrays.stream(ExportFormat.values()).map(ExportFormat::key).toList();
    if (format != null) {
      return Arrays.stream(ExportFormat.values())
          .filter(known -> known.key().equals(format))
          .findFirst()
          .orElseThrow(() -> wrong(ClosestName.notOneOf("--format", keys, format)));
    }
    Optional<ExportFormat> byName =
        output == null ? Optional.empty() : ExportFormat.ofFile(output.getFileName().toString());
    return byName.orElseThrow(
        () ->
            wrong(
                (output == null ? "" : "the name %s tells no format; ".formatted(output))
                    + "say what to write with --format "
                    + String.join(", ", keys)));
  }

  /** The file that was asked for, or the one of this format beside the model. */
  public Path target(ExportFormat format) throws ModelException {
    return output == null ? format.beside(model()) : output;
  }
}
