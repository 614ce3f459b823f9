package io.mnist4j.cli;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.DataDirOption;
import io.mnist4j.cli.options.ThreadOption;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.DataFetchProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.report.Reports;
import io.mnist4j.run.EvaluationSession;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.RunFolder;
import io.mnist4j.sweep.SweepDirectory;
import io.mnist4j.sweep.SweepFolder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j report}. */
@Command(
    name = "report",
    description = "Shows a run or a sweep as a page, or compares several runs.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j report runs/default-mnist-1",
      "  mnist4j report runs/a runs/b runs/c --output comparison",
      "  mnist4j report sweeps/mlp-1",
      "",
      "Writes report.html, which needs no other file, and plots/ with each plot as SVG.",
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "The folder of a run, or of a sweep; several runs are compared.")
  private List<Path> runs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description =
          "Where the page goes (default: the run's own folder; comparison/ for several runs).")
  private Path output;

  @Mixin private DataDirOption dataDir;
  @Mixin private ThreadOption threads;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    Console console = new Console(spec, verbosity);
    List<RunFolder> directories = runs.stream().map(RunFolder::of).toList();
    Path page =
        runs.size() == 1
            ? SweepDirectory.isSweep(runs.get(0))
                ? sweep(runs.get(0))
                : one(directories.get(0), console)
            : Reports.compare(
                directories,
                output == null
                    ? CommandContext.of(spec).directory().resolve("comparison")
                    : output);
    PrintWriter out = spec.commandLine().getOut();
    out.println(page);
    out.flush();
    return ExitCode.OK.value;
  }

  private Path sweep(Path folder) throws Exception {
    return Reports.write(SweepFolder.summary(folder), output == null ? folder : output);
  }

  /** A run whose test images are not to be had is shown without them. */
  private Path one(RunFolder run, Console console) throws Exception {
    Path folder = output == null ? run.path() : output;
    Reports.check(run);
    if (!Files.exists(run.model())) {
      return Reports.write(run, folder, Optional.empty(), "the run has no model.zip");
    }
    int threadCount = threads.count();
    Backend backend = Backend.cpu();
    EvaluationSummary test;
    try (DataFetchProgress progress = new DataFetchProgress(console)) {
      test =
          EvaluationSession.run(
              run.model(),
              Optional.empty(),
              Optional.empty(),
              dataDir.store(),
              backend,
              threadCount,
              progress,
              console::warn);
    } catch (DataException e) {
      console.warn("the report goes without test images: " + e.getMessage());
      return Reports.write(run, folder, Optional.empty(), e.getMessage());
    }
    return Reports.write(run, folder, Optional.of(test), "");
  }
}
