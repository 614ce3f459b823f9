package io.mnist4j.model.foreign;

import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is read into memory at once. */
final class WholeFile {
  private static final int MAX_BYTES = 1 << 29;

  private WholeFile() {}

  /**
   * Its bytes.
   *
   * @throws UnreadableModelException if it cannot be read, or is longer than half a GiB
   */
  static byte[] read(Path file) throws UnreadableModelException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new UnreadableModelException(FileProblem.reason(e), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new UnreadableModelException("it is longer than %,d bytes".formatted(MAX_BYTES));
    }
    return bytes;
  }
}
