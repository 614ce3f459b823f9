package io.mnist4j.data.catalogue;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.files.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The content of a table of labels, gzipped or not. */
public final class LabelTableFile {
  /** QMNIST's have 2 MB; more than this is no table of labels. */
  private static final int MOST_BYTES = 64 << 20;

  private LabelTableFile() {}

  /**
   * Reads it, unpacked.
   *
   * @throws DataException if it cannot be read, or is far longer than such tables are
   */
  public static byte[] content(Path file) throws DataException {
    if (FileProblem.isNoFile(file)) {
      throw new DataException(file + ": expected a file, found a folder or device");
    }
    try (InputStream in = open(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new DataException(
            "%s: expected a table of at most %d bytes, found more".formatted(file, MOST_BYTES));
      }
      return content;
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in) : in;
  }

  static String sha256(Path file) throws DataException {
    return Sha256.of(content(file));
  }
}
