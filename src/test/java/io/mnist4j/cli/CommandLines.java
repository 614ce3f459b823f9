package io.mnist4j.cli;

import io.mnist4j.cli.terminal.Logging;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs several command lines, one after the other, in a JVM of their own: {@link
 * Mnist4jProcess#runAll} starts it.
 */
final class CommandLines {
  private CommandLines() {}

  /** Where the lines stand: in files {@code 0.args}, {@code 1.args}, a word on each line. */
  public static void main(String[] folder) throws Exception {
    for (int i = 0; ; i++) {
      Path args = Path.of(folder[0], i + ".args");
      if (!Files.exists(args)) {
        return;
      }
      String[] words = Files.readAllLines(args).toArray(String[]::new);
      Logging.configure(words);
      try (PrintStream out = stream(folder[0], i + ".out");
          PrintStream err = stream(folder[0], i + ".err")) {
        int exitCode = Main.run(words, InputStream.nullInputStream(), out, err);
        Files.writeString(Path.of(folder[0], i + ".exit"), String.valueOf(exitCode));
      }
    }
  }

  private static PrintStream stream(String folder, String file) throws Exception {
    return new PrintStream(Path.of(folder, file).toFile(), StandardCharsets.UTF_8);
  }
}
