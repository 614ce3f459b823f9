package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.journal.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mnist4j sweep ask}. */
@Command(
    name = "ask",
    description = "Begins a sweep's next trial, for another program to evaluate.",
    footer = {
      "  mnist4j sweep ask sweeps/mine                     3 sweeps/mine/trials/3/config.yaml",
      "  mnist4j sweep ask sweeps/mine --format json       with the settings",
      "",
      "Prints the trial's number and its experiment file. Exit code 4: there are no more trials.",
    })
final class SweepAskCommand extends Subcommand {
  @Parameters(paramLabel = "SWEEP", description = "The folder that sweep create has made.")
  private Path sweep;

  @Mixin private FormatOption format;

  @Override
  public Integer call() throws Exception {
    try (SweepFolder folder = SweepFolder.open(sweep, SweepFolder.read(sweep, List.of()), true)) {
      Optional<Trial> trial = folder.ask();
      if (trial.isEmpty()) {
        console(new VerbosityOptions()).error("%s has no more trials".formatted(sweep));
        return ExitCode.MISSED.value;
      }
      return print(format, () -> folder.toJson(trial.get()), () -> folder.toText(trial.get()));
    }
  }
}
