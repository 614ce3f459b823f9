package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.FileHash;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What became of one file of a data set when it was looked for and verified.
 *
 * @param name its name, without {@code .gz} where any compression will do
 * @param state whether it can be used
 * @param path where it lies; empty if it is missing
 * @param expected the hash that was published; empty if none was
 * @param found the hash of what is there, of the same kind, or its SHA-256; empty if it was not
 *     computed
 * @param remark one line: what is wrong, or what could not be verified; else empty
 */
public record FileStatus(
    String name,
    FileState state,
    Optional<Path> path,
    Optional<FileHash> expected,
    Optional<String> found,
    String remark) {

  /** Whether a file can be used. */
  public enum FileState {
    OK,
    /** It is there and was not read. */
    PRESENT,
    MISSING,
    CORRUPT
  }
}
