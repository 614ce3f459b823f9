package io.mnist4j.energy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A counter that Linux shows as a file with a number of microjoules.
 *
 * @param file with the number
 */
record FileSensor(String name, Path file, long rangeMicrojoules) implements EnergySensor {
  @Override
  public long microjoules() throws IOException {
    return number(file);
  }

  /** The number that a file holds. */
  static long number(Path file) throws IOException {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (NumberFormatException e) {
      throw new IOException(file + " shows no number", e);
    }
  }
}
