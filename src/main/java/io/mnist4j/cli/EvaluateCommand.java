package io.mnist4j.cli;

import io.mnist4j.experiment.EvaluationRun;
import io.mnist4j.experiment.EvaluationSummary;
import io.mnist4j.train.NativeLibraries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The model.zip of a run.")
  private Path model;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FOLDER",
      description = "Whose test images (default: those of the data set that it was trained on).")
  private String dataset;

  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    Screen screen = new Screen(spec, verbosity);
    int threadCount = threads.count();
    NativeLibraries.preload();
    EvaluationSummary summary;
    try (DataFetchProgress progress = new DataFetchProgress(screen)) {
      summary =
          EvaluationRun.run(
              model, Optional.ofNullable(dataset), dataDir.store(), threadCount, progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(format.isJson() ? summary.toJson() : TextResults.of(summary));
    out.flush();
    return ExitCode.OK.value;
  }
}
