package io.mnist4j.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Jazzer calls, millions of times; {@code -Dmnist4j.reader=} says which reader is meant. */
public final class FuzzTarget {
  private static final Reader READER = Reader.valueOf(System.getProperty("mnist4j.reader"));
  private static final Path FILE = file();

  private FuzzTarget() {}

  /** Whatever leaves this is a finding. */
  public static void fuzzerTestOneInput(byte[] content) throws IOException {
    READER.read(content, FILE);
  }

  private static Path file() {
    try {
      return Files.createTempDirectory("fuzz-").resolve("input");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
