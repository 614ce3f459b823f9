package io.mnist4j.cli;

import io.mnist4j.cli.options.SweepOptions;
import io.mnist4j.sweep.SpaceCheck;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mnist4j sweep create}. */
@Command(
    name = "create",
    description = "Writes a sweep's folder and runs nothing: sweep ask hands its trials out.",
    footer = {
      "  mnist4j sweep create configs/sweeps/mlp.yaml --name mine    sweeps/mine",
      "  mnist4j sweep create mine.yaml --trials 100 --seed 7",
    })
final class SweepCreateCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "What is searched (YAML).")
  private Path file;

  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws Exception {
    Sweep sweep = Sweep.read(file, options.sweepSettings(), options.experimentSettings());
    SpaceCheck.experiments(sweep);
    try (SweepFolder folder = options.begin(sweep, file)) {
      return print(folder.directory().path() + System.lineSeparator());
    }
  }
}
