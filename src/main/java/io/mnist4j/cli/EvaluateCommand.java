package io.mnist4j.cli;

import io.mnist4j.cli.options.EnergyOption;
import io.mnist4j.cli.options.EvaluateOptions;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.MinAccuracyOption;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.Terminal;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.report.EvaluationFiles;
import io.mnist4j.report.PredictionsFile;
import io.mnist4j.report.plot.TerminalPlots;
import io.mnist4j.report.text.EnergyText;
import io.mnist4j.report.text.EvaluationText;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.EvaluationSummary;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j evaluate}. */
@Command(name = "evaluate", description = "Tests a saved model.", footer = Examples.EVALUATE)
final class EvaluateCommand extends Subcommand {
  @Mixin private EvaluateOptions options;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;
  @Mixin private MinAccuracyOption minAccuracy;
  @Mixin private EnergyOption energy;

  @Override
  public Integer call() throws Exception {
    if (options.plot() && format.isJson()) {
      throw wrong("--plot draws for people; leave it out with --format json");
    }
    Path predictions = options.predictions();
    EvaluationSummary summary;
    try (DataFetchProgress progress = new DataFetchProgress(console(verbosity))) {
      summary =
          EvaluationSession.run(
              options.request(energy, console(verbosity)), progress, console(verbosity)::warn);
    }
    print(format, summary::toJson, () -> EvaluationText.of(summary));
    energy.tell(
        summary.energy().map(use -> EnergyText.ofPredictions(use, summary.figures().images())),
        console(verbosity));
    if (options.plot()) {
      print(TerminalPlots.of(summary, Terminal.of(spec).columns()));
    }
    if (predictions != null) {
      PredictionsFile.write(summary, predictions);
    }
    if (options.output() != null) {
      EvaluationFiles.write(summary, options.output());
    }
    return minAccuracy.judge(summary.figures().accuracy().value(), console(verbosity));
  }
}
