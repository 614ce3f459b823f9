package io.mnist4j.sweep.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a process has its number. */
final class ProcessPlace {
  /**
   * Of this process: a start of the machine, and the container. Processes that have it in common
   * see each other's numbers. Empty where it is not known, outside Linux.
   */
  static final String HERE = here();

  private ProcessPlace() {}

  private static String here() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "-");
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
