package io.mnist4j.cli;

import io.mnist4j.cli.terminal.Logging;
import io.mnist4j.cli.terminal.Stdout;
import io.mnist4j.errors.ExitCode;
import picocli.CommandLine;

/** The program's entry point, and the only place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs one command line and exits with its {@link ExitCode}. */
  public static void main(String[] args) {
    Logging.configure(args);
    Stdout stdout = new Stdout();
    CommandLine command = Mnist4jCommand.commandLine(args).setOut(stdout.writer());
    int exitCode;
    try {
      exitCode = command.execute(args);
    } catch (Error e) {
      // picocli's handlers are for exceptions; memory that runs out is none.
      exitCode = ErrorHandler.handleError(e, command);
    }
    String problem = stdout.problem();
    if (problem != null && exitCode == ExitCode.OK.value) {
      exitCode = ErrorHandler.unwritten(problem, command);
    }
    System.exit(exitCode);
  }
}
