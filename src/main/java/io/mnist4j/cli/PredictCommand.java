package io.mnist4j.cli;

import io.mnist4j.cli.options.EnergyOption;
import io.mnist4j.cli.options.PredictOptions;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.PredictionFormat;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.energy.EnergyMeter;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.PredictionSession;
import io.mnist4j.report.text.EnergyText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mnist4j predict}. */
@Command(
    name = "predict",
    description = "Reads the digits in pictures: drawings, scans, photos of paper.",
    footer = Examples.PREDICT)
final class PredictCommand extends Subcommand {
  @Mixin private PredictOptions options;

  @Option(
      names = "--format",
      paramLabel = "text|jsonl|csv|kaggle",
      description =
          "text: a line a picture (the default); jsonl: a JSON object a picture; csv: a row a"
              + " digit; kaggle: ImageId,Label with numbers from 1.")
  private PredictionFormat format;

  @Mixin private VerbosityOptions verbosity;
  @Mixin private EnergyOption energy;

  @Override
  public Integer call() throws Exception {
    List<String> files = options.files();
    check();
    Console console = console(verbosity);
    Classifier classifier = options.classifier(console);
    boolean allRead;
    EnergyMeter meter = energy.meter();
    try (PredictionPrinter printer = new PredictionPrinter(options, format, context(), console)) {
      allRead =
          PredictionSession.run(
              files,
              context().in(),
              options.scope(classifier),
              options.reject(),
              classifier,
              printer);
      long pictures = Math.max(1, printer.pictures());
      energy.tell(meter.read().map(use -> EnergyText.ofPredictions(use, pictures)), console);
    }
    return allRead ? ExitCode.OK.value : ExitCode.DATA.value;
  }

  private void check() {
    if (options.grid() && format != null) {
      throw wrong("--grid writes CSV of its own: leave --format out");
    }
    format = format == null ? PredictionFormat.TEXT : format;
    if (format == PredictionFormat.KAGGLE && options.reject() > 0) {
      throw wrong("kaggle wants a label for each image: leave --reject out");
    }
  }
}
