package io.mnist4j.data.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What became of one file of a data set when it was looked for and verified.
 *
 * @param name its standard name, without {@code .gz}
 * @param state whether it can be used
 * @param path where it lies; empty if it is missing
 * @param expectedSha256 of the uncompressed content
 * @param foundSha256 of what is there; empty if it is missing, or no IDX file at all
 * @param problem one line; empty if the state is {@link FileState#OK}
 */
public record FileStatus(
    String name,
    FileState state,
    Optional<Path> path,
    String expectedSha256,
    Optional<String> foundSha256,
    String problem) {

  /** Whether a file can be used. */
  public enum FileState {
    OK,
    MISSING,
    CORRUPT
  }
}
