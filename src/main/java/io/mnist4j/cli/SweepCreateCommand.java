package io.mnist4j.cli;

import io.mnist4j.cli.options.SweepOptions;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.sweep.SpaceCheck;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mnist4j sweep create}. */
@Command(
    name = "create",
    description = "Writes a sweep's folder and runs nothing: sweep ask hands its trials out.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mnist4j sweep create configs/sweeps/mlp.yaml --name mine    sweeps/mine",
      "  mnist4j sweep create mine.yaml --trials 100 --seed 7",
    })
final class SweepCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "What is searched (YAML).")
  private Path file;

  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws Exception {
    Sweep sweep = Sweep.read(file, options.sweepSettings(), options.experimentSettings());
    SpaceCheck.experiments(sweep);
    try (SweepFolder folder = options.begin(sweep, file)) {
      CommandContext.of(spec).print(folder.directory().path() + System.lineSeparator());
    }
    return ExitCode.OK.value;
  }
}
