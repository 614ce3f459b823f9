package io.mnist4j.cli.options;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.model.export.OnnxForm;
import io.mnist4j.run.RunFolder;
import io.mnist4j.text.ClosestName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model is written as what, and where to. */
public final class ExportOptions extends OptionGroup {
  private static final String CARD = "card";
  private static final String HUB = "hub";

  @Parameters(
      paramLabel = "MODEL",
      description =
          "The folder of a run or its model.zip, or a Deeplearning4j, Keras, ONNX or"
              + " safetensors file.")
  private Path model;

  @Option(
      names = "--format",
      paramLabel = "onnx|keras-h5|dl4j|safetensors|html|csv|npz|card|hub",
      description =
          "ONNX, Keras' HDF5, a Deeplearning4j zip without the state of the training, safetensors"
              + " for PyTorch, a page to draw on that needs no server, or the weights alone as a"
              + " table or NumPy arrays; or a card, a README.md that says what the run's files know"
              + " of the model (default: what the name of --output says).")
  private String format;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description = "The version of ONNX' operators, 11 to 21 (default: 17).")
  private Integer opset;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "How many images the ONNX network takes at once, for runtimes that want to know it"
              + " (default: any number).")
  private Integer batch;

  @Option(
      names = "--license",
      paramLabel = "ID",
      description = "The licence that a card names, such as apache-2.0 (default: none).")
  private String license;

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

  /** Whether a model card is to be written, and not the model. */
  public boolean isCard() {
    if (!CARD.equals(format) && !isHub() && license != null) {
      throw wrong("--license goes into a card: --format card or hub");
    }
    return CARD.equals(format);
  }

  /** Whether a folder or zip for a model hub is to be written. */
  public boolean isHub() {
    return HUB.equals(format);
  }

  /** The folder or zip that was asked for, or the folder hub beside the model. */
  public Path hub() throws ModelException {
    return output == null ? model().resolveSibling(HUB) : output;
  }

  /** The licence that the card names; empty for none. */
  public Optional<String> license() {
    if (license != null && !license.matches("[A-Za-z0-9][A-Za-z0-9.+-]{0,99}")) {
      throw wrong("--license takes an identifier such as apache-2.0, not '%s'".formatted(license));
    }
    return Optional.ofNullable(license);
  }

  /** The card's file: the one that was asked for, or README.md beside the model. */
  public Path card() throws ModelException {
    return output == null ? model().resolveSibling("README.md") : output;
  }

  /** The format that was asked for, or that of the file's name. */
  public ExportFormat format() {
    List<String> keys =
        Stream.concat(
                Arrays.stream(ExportFormat.values()).map(ExportFormat::key), Stream.of(CARD, HUB))
            .toList();
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

  /** Which ONNX is to be written. */
  public OnnxForm onnx(ExportFormat of) {
    if (of != ExportFormat.ONNX && (opset != null || batch != null)) {
      throw wrong("--opset and --batch are of --format onnx");
    }
    if (batch != null && batch < 1) {
      throw wrong("--batch must be at least 1, not " + batch);
    }
    try {
      return new OnnxForm(
          opset == null ? OnnxForm.DEFAULT.opset() : opset,
          batch == null ? OnnxForm.ANY_BATCH : batch);
    } catch (IllegalArgumentException e) {
      throw wrong("--" + e.getMessage());
    }
  }

  /** The file that was asked for, or the one of this format beside the model. */
  public Path target(ExportFormat format) throws ModelException {
    return output == null ? format.beside(model()) : output;
  }
}
