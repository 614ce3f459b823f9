package io.mnist4j.cli.terminal;

import io.mnist4j.text.Printable;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Stderr, as far as the user wants to see it: plain lines, or a bar where it is a terminal. */
public final class Console {
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean verbose;
  private final Terminal terminal;

  public Console(CommandSpec command, VerbosityOptions verbosity) {
    this.err = command.commandLine().getErr();
    this.quiet = verbosity.quiet;
    this.verbose = verbosity.verbose;
    this.terminal = Terminal.of(command);
  }

  /** A line of progress, which {@code --quiet} silences. */
  public void line(String text) {
    if (!quiet) {
      err.println(Printable.of(text));
      err.flush();
    }
  }

  /** A line that only {@code --verbose} asks for. */
  public void detail(String text) {
    if (verbose) {
      line(text);
    }
  }

  /** An error, which nothing silences. */
  public void error(String text) {
    err.println("mnist4j: " + Printable.of(text));
    err.flush();
  }

  /** A warning, which nothing silences. */
  public void warn(String text) {
    String warning = terminal.color() ? "\u001b[1;33mWARNING\u001b[0m" : "WARNING";
    err.println("mnist4j: " + warning + ": " + Printable.of(text));
    err.flush();
  }

  /** Whether stderr is a terminal. */
  boolean interactive() {
    return terminal.interactive();
  }

  /** Lines that are drawn over again, which {@code --quiet} and a pipe silence. */
  LiveLines liveLines() {
    return new LiveLines(err, quiet ? Terminal.NONE : terminal);
  }

  /** Says, so that it cannot be missed, that the accuracy will not be MNIST's. */
  public void warnOfStrokes(String reason) {
    warn(
        "MNIST is not available, so this run trains on the embedded `strokes` digits: its accuracy"
            + " is not MNIST's");
    err.println("  why: " + Printable.of(reason));
    err.flush();
  }
}
