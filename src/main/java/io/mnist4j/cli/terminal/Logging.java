package io.mnist4j.cli.terminal;

import io.mnist4j.text.Printable;
import java.io.PrintStream;
import java.util.Arrays;

/** How much of the libraries' logging reaches stderr. */
public final class Logging {
  private Logging() {}

  /**
   * SLF4J's simple logger reads its level once, when the first class logs, so the arguments are
   * searched before picocli parses them.
   */
  public static void configure(String[] args) {
    boolean verbose = Arrays.asList(args).contains("--verbose");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "off");
    if (verbose) {
      System.setErr(new PrintableStream(System.err));
    }
  }

  /** Libraries log what they find in files and requests, whatever it would do to a terminal. */
  private static final class PrintableStream extends PrintStream {
    PrintableStream(PrintStream err) {
      super(err, true);
    }

    @Override
    public void print(String text) {
      super.print(Printable.lines(String.valueOf(text)));
    }

    @Override
    public void println(String text) {
      print(text);
      println();
    }
  }
}
