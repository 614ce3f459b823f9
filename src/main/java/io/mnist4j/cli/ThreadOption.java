package io.mnist4j.cli;

import io.mnist4j.train.NativeBackend;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many threads compute. */
final class ThreadOption {
  private static final String AUTO = "auto";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = AUTO,
      description =
          "Threads that compute: a number up to that of the cores, or auto (the default): 1, and 2 "
              + "for networks with convolutions.")
  private String threads;

  int count() {
    return count(NativeBackend.AUTO_THREADS);
  }

  /**
   * The number that was asked for.
   *
   * @param auto what auto stands for
   */
  int count(int auto) {
    if (threads.equals(AUTO)) {
      return auto;
    }
    int cores = Runtime.getRuntime().availableProcessors();
    if (threads.matches("[1-9][0-9]{0,3}") && Integer.parseInt(threads) <= cores) {
      return Integer.parseInt(threads);
    }
    throw new ParameterException(
        command.commandLine(),
        "--threads must be auto or 1 to %d (the cores of this machine), not '%s'"
            .formatted(cores, threads));
  }
}
