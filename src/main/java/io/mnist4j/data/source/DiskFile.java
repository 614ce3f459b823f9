package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file on disk.
 *
 * @param file where it lies
 * @param name its place in its tree
 * @param size its length in bytes
 */
public record DiskFile(Path file, String name, long size) implements FileEntry {

  /**
   * A file by itself.
   *
   * @throws MissingDataException if there is none
   * @throws DataException if it is a folder, a pipe or a device
   */
  public static DiskFile of(Path file) throws DataException {
    if (!Files.exists(file)) {
      throw new MissingDataException(file + ": no such file");
    }
    if (FileProblem.isNoFile(file)) {
      throw new DataException(file + ": expected a file, found a folder or device");
    }
    try {
      return new DiskFile(file, file.getFileName().toString(), Files.size(file));
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public Optional<Path> path() {
    return Optional.of(file);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
