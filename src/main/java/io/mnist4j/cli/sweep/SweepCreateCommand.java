package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.sweep.SpaceCheck;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j sweep create}. */
@Command(
    name = "create",
    description = "Writes a sweep's folder and runs nothing: sweep ask hands its trials out.",
    footer = {
      "  mnist4j sweep create configs/sweeps/mlp.yaml --name mine    sweeps/mine",
      "  mnist4j sweep create mine.yaml --trials 100 --seed 7",
    })
final class SweepCreateCommand extends Subcommand {
  @Mixin private SweepOptions options;

  @Override
  public Integer call() throws Exception {
    Sweep sweep =
        Sweep.read(options.requiredFile(), options.sweepSettings(), options.experimentSettings());
    SpaceCheck.experiments(sweep);
    try (SweepFolder folder = options.begin(sweep)) {
      return print(folder.directory().path() + System.lineSeparator());
    }
  }
}
