package io.mnist4j.cli;

/** The program's entry point, and the only place that ends the process. */
public final class Main {
  private Main() {}

  /** Runs one command line and exits with its {@link ExitCode}. */
  public static void main(String[] args) {
    Logging.configure(args);
    System.exit(Mnist4jCommand.commandLine().execute(args));
  }
}
