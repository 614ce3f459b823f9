package io.mnist4j.cli;

import io.mnist4j.cli.options.ErrorHandler;
import io.mnist4j.cli.terminal.CommandContext;
import io.mnist4j.cli.terminal.Interruption;
import io.mnist4j.cli.terminal.Logging;
import io.mnist4j.cli.terminal.Stdout;
import io.mnist4j.errors.ExitCode;
import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine;

/** The program's entry point, and the only place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs one command line and exits with its {@link ExitCode}. */
  public static void main(String[] args) {
    PrintStream err = System.err;
    Logging.configure(args);
    Interruption interruption = Interruption.watch(err);
    int exitCode = run(args, System.in, new Stdout(), err);
    interruption.done();
    System.exit(exitCode);
  }

  /**
   * Runs one command line in this JVM, which can be done any number of times, one after another.
   * What the libraries log goes to {@link System#err}, whatever {@code err} is.
   *
   * @param args the command and its arguments
   * @param in what the command reads as its standard input
   * @param out gets the result
   * @param err gets progress, warnings and errors
   * @return the exit code: the value of an {@link ExitCode}
   */
  public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    return run(new CommandContext(in, out, err), args);
  }

  static int run(CommandContext context, String... args) {
    CommandLine command = Mnist4jCommand.commandLine(context, args);
    int exitCode;
    try {
      exitCode = command.execute(args);
    } catch (Error e) {
      // picocli's handlers are for exceptions; memory that runs out is none.
      exitCode = ErrorHandler.handleError(e, command);
    }
    String problem = Stdout.problem(context.out());
    if (problem != null && exitCode == ExitCode.OK.value) {
      exitCode = ErrorHandler.unwritten(problem, command);
    }
    return exitCode;
  }
}
