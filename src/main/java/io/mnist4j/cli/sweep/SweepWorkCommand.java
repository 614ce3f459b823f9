package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.SweepProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.cluster.OwnProgram;
import io.mnist4j.sweep.AgentProcesses;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mnist4j sweep work}. */
@Command(
    name = "work",
    description = "Carries out trials of a sweep, beside as many others as you start, anywhere.",
    footer = {
      "  mnist4j sweep work sweeps/mine                    until no trial is left",
      "  mnist4j sweep work sweeps/mine --max-trials 5 --parallel 1",
      "  mnist4j sweep work sweeps/mine --backend cuda --device 1",
      "",
      "All that see the folder may work on it, over a network file system, too. The trials of one",
      "that was killed are carried out by the others. sweep --resume then trains the best settings.",
    })
final class SweepWorkCommand extends Subcommand {
  @Mixin private AgentOptions options;
  @Mixin private DeviceOptions device;
  @Mixin private VerbosityOptions verbosity;

  @Override
  public Integer call() throws Exception {
    if (device.device().isPresent()) {
      List<String> command = new ArrayList<>(OwnProgram.command(CommandContext.main(spec)));
      command.addAll(
          DeviceOptions.withoutDevice(spec.commandLine().getParseResult().originalArgs()));
      return AgentProcesses.runOn(device.device().getAsInt(), command);
    }
    Console console = console(verbosity);
    try (SweepProgress progress = new SweepProgress(console)) {
      return progress.left(options.session().run(device.choose(console), progress));
    }
  }
}
