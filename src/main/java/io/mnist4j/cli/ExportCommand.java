package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.ScaleOption;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.model.export.ExportFormat;
import io.mnist4j.run.ExportSession;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j export}. */
@Command(
    name = "export",
    description = "Writes a saved model for other programs.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j export runs/default-mnist-1/model.zip --format onnx    beside it: model.onnx",
      "  mnist4j export model.zip --output digits.h5                    the name says the format",
      "  mnist4j export keras.h5 --format dl4j --output model.zip",
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "The model.zip of a run, or a Deeplearning4j or Keras file.")
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

  @Mixin private ScaleOption scale;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    ExportFormat chosen = chosenFormat();
    Path target = output == null ? beside(chosen) : output;
    Backend.cpu().start();
    String takes =
        ExportSession.run(model, scale.range(), chosen, target, new Console(spec, verbosity)::warn);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: %s%n", target, takes);
    out.flush();
    return ExitCode.OK.value;
  }

  private ExportFormat chosenFormat() {
    Optional<ExportFormat> byName =
        output == null ? Optional.empty() : ExportFormat.ofFile(output.getFileName().toString());
    if (format == null) {
      return byName.orElseThrow(
          () ->
              wrong(
                  (output == null ? "" : "the name %s tells no format; ".formatted(output))
                      + "say what to write with --format "
                      + String.join(", ", keys())));
    }
    return Arrays.stream(ExportFormat.values())
        .filter(known -> known.key().equals(format))
        .findFirst()
        .orElseThrow(() -> wrong(UsageErrors.notOneOf("--format", keys(), format)));
  }

  private Path beside(ExportFormat chosen) {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    return model.resolveSibling(
        (dot > 0 ? name.substring(0, dot) : name) + "." + chosen.extension());
  }

  private static List<String> keys() {
    return Arrays.stream(ExportFormat.values()).map(ExportFormat::key).toList();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
