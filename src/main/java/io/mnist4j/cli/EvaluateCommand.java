package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.BackendOption;
import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.DatasetNames;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.MinAccuracyOption;
import io.mnist4j.cli.options.ScaleOption;
import io.mnist4j.cli.options.ThreadOption;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.Terminal;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.report.EvaluationFiles;
import io.mnist4j.report.plot.TerminalPlots;
import io.mnist4j.report.text.EvaluationText;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.EvaluationSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j evaluate}. */
@Command(
    name = "evaluate",
    description = "Tests a saved model.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j evaluate runs/default-mnist-1/model.zip",
      "  mnist4j evaluate model.zip --dataset strokes --format json",
      "  mnist4j evaluate model.zip --dataset my-digits     a folder for each class, of images",
      "  mnist4j evaluate model.zip --min-accuracy 0.98     exit code 4 if it is below",
      "  mnist4j evaluate model.zip --plot --output figures",
      "  mnist4j evaluate keras.h5 --scale 0..255",
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "The model.zip of a run, or a Deeplearning4j or Keras file.")
  private Path model;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FOLDER",
      completionCandidates = DatasetNames.class,
      description =
          "Whose test images: a name, a folder of IDX files, or a folder with a folder of images"
              + " for each class (default: those of the data set that it was trained on).")
  private String dataset;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Also writes the figures as files: text, JSON and CSV.")
  private Path output;

  @Option(
      names = "--plot",
      description = "Also draws learning curves, classes and mistakes with block characters.")
  private boolean plot;

  @Mixin private MinAccuracyOption minAccuracy;
  @Mixin private ScaleOption scale;

  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private BackendOption backend;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    minAccuracy.check();
    if (plot && format.isJson()) {
      throw new ParameterException(
          spec.commandLine(), "--plot draws for people; leave it out with --format json");
    }
    Console console = new Console(spec, verbosity);
    int threadCount = threads.count();
    Backend chosen = backend.choose(console, 1);
    EvaluationSummary summary;
    try (DataFetchProgress progress = new DataFetchProgress(console)) {
      summary =
          EvaluationSession.run(
              model,
              scale.range(),
              Optional.ofNullable(dataset),
              dataDir.store(),
              chosen,
              threadCount,
              progress,
              console::warn);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? summary.toJson() : EvaluationText.of(summary));
    if (plot) {
      out.print(TerminalPlots.of(summary, Terminal.of(spec).columns()));
    }
    out.flush();
    if (output != null) {
      EvaluationFiles.write(summary, output);
    }
    return minAccuracy.judge(summary.figures().accuracy().value(), console);
  }
}
