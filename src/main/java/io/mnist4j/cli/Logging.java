package io.mnist4j.cli;

import java.util.Arrays;

/** How much of the libraries' logging reaches the screen. */
final class Logging {
  private Logging() {}

  /**
   * SLF4J's simple logger reads its level once, when the first class logs, so the arguments are
   * searched before picocli parses them.
   */
  static void configure(String[] args) {
    boolean verbose = Arrays.asList(args).contains("--verbose");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "off");
  }
}
