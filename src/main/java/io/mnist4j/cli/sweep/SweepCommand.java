package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.EnergyOption;
import io.mnist4j.cli.options.FormatOption;
import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.Examples;
import io.mnist4j.cli.terminal.SweepProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.energy.EnergyMeter;
import io.mnist4j.energy.EnergyUse;
import io.mnist4j.errors.ExitCode;
import io.mnist4j.report.Reports;
import io.mnist4j.report.text.EnergyText;
import io.mnist4j.report.text.SweepText;
import io.mnist4j.sweep.DryRun;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.SweepSession;
import io.mnist4j.sweep.SweepSummary;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j sweep}. */
@Command(
    name = "sweep",
    description = "Searches the settings of an experiment for the best ones.",
    subcommands = {
      SweepCreateCommand.class,
      SweepStartCommand.class,
      SweepWorkCommand.class,
      SweepAskCommand.class,
      SweepTellCommand.class,
      SweepExportCommand.class
    },
    footer = Examples.SWEEP)
public final class SweepCommand extends Subcommand {
  @Mixin private SweepRunOptions options;
  @Mixin private FormatOption format;
  @Mixin private VerbosityOptions verbosity;
  @Mixin private EnergyOption energyOption;

  @Override
  public Integer call() throws Exception {
    Sweep sweep = options.sweep();
    if (options.dryRun()) {
      DryRun trials = DryRun.of(sweep);
      return print(format, trials::toJson, trials::toText);
    }
    Console console = console(verbosity);
    EnergyMeter meter = energyOption.meter();
    SweepSession.SweepResult result;
    try (SweepProgress progress = new SweepProgress(console)) {
      result = options.session(sweep).run(progress);
      if (result.interrupted()) {
        return progress.interrupted(result.summary());
      }
    }
    SweepSummary summary = result.summary();
    if (options.report()) {
      console.line("Report: " + Reports.writePage(summary));
    }
    Optional<EnergyUse> energy = meter.read();
    energyOption.tell(energy.map(EnergyText::of), console);
    print(format, () -> summary.toJson(energy), () -> SweepText.of(summary));
    if (summary.best().isPresent()) {
      return ExitCode.OK.value;
    }
    String leaderboard = summary.directory().leaderboard().toString();
    console.error("no trial was completed; %s says why".formatted(leaderboard));
    return ExitCode.MISSED.value;
  }
}
