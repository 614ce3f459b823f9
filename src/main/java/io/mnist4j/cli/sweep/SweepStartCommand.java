package io.mnist4j.cli.sweep;

import io.mnist4j.cli.options.Subcommand;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.cli.terminal.SweepProgress;
import io.mnist4j.cli.terminal.VerbosityOptions;
import io.mnist4j.sweep.AgentProcesses;
import io.mnist4j.sweep.SweepFolder;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mnist4j sweep start}. */
@Command(
    name = "start",
    description =
        "Carries a sweep out by several processes of this machine, and trains the best settings.",
    footer = {
      "  mnist4j sweep start sweeps/mine --workers 4",
      "  mnist4j sweep start sweeps/mine --workers 2 --backend cuda    one on each of two GPUs",
      "",
      "Each is a `sweep work --parallel 1`; more may join from other machines. A process that is",
      "killed costs the epochs of one trial, which another one begins anew.",
    })
final class SweepStartCommand extends Subcommand {
  @Mixin private StartOptions options;
  @Mixin private VerbosityOptions verbosity;

  @Option(
      names = "--workers",
      paramLabel = "N",
      required = true,
      description = "Processes that train, each one trial at a time.")
  private int workers;

  @Override
  public Integer call() throws Exception {
    if (workers < 1) {
      throw wrong("--workers must be at least 1, not " + workers);
    }
    Console console = console(verbosity);
    try (SweepProgress progress = new SweepProgress(console)) {
      progress.follow(SweepFolder.summary(options.folder()), workers);
      try (AgentProcesses agents =
          AgentProcesses.start(options.work(), workers, options.onCards())) {
        List<Integer> failures = agents.follow(options.folder(), progress);
        if (progress.drain()) {
          return progress.interrupted(SweepFolder.summary(options.folder()));
        }
        failures.forEach(code -> console.warn("a worker has ended with exit code " + code));
        if (failures.size() == workers) {
          return failures.get(0);
        }
      }
    }
    return AgentProcesses.run(options.resume(verbosity.quiet()));
  }
}
