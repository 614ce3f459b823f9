package io.mnist4j.cli.terminal;

import picocli.CommandLine.Option;

/** How much appears on stderr. */
public final class VerbosityOptions {
  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on stderr; warnings and errors remain.")
  boolean quiet;

  @Option(names = "--verbose", description = "Also how it computes, and what the libraries log.")
  boolean verbose;

  /** For processes that are started with the same options. */
  public boolean quiet() {
    return quiet;
  }
}
