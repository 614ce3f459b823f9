package io.mnist4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process passes on to those that it starts. */
public final class Signals {
  private static final Path STATUS = Path.of("/proc/self/status");

  private Signals() {}

  /**
   * Whether a shell that runs its commands in the background has told us, and so all that we start,
   * to ignore Ctrl-C; a program cannot take a signal that it was born to ignore.
   */
  public static boolean interruptIsIgnored() throws IOException {
    if (!Files.exists(STATUS)) {
      return false;
    }
    // The n-th bit is signal n + 1; SIGINT is 2.
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
