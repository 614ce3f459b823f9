package io.mnist4j.federated.clients;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * QMNIST's table of the training labels: an IDX file {@code [60000, 8]} of 32-bit numbers, of which
 * the first of each row is the class and the third the writer.
 */
final class WriterTable {
  private static final int MAGIC = 0x0c02;
  private static final int ROWS = 60_000;
  private static final int COLUMNS = 8;

  private final int[] labels = new int[ROWS];
  private final int[] writers = new int[ROWS];

  private WriterTable() {}

  /**
   * Reads the table, gzipped or not.
   *
   * @throws DataException if it is missing or another file
   */
  static WriterTable read(Path file) throws DataException {
    if (FileProblem.isNoFile(file)) {
      throw new DataException(
          file + ": expected QMNIST's table of labels, found a folder or device");
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        DataInputStream in = new DataInputStream(inflated(raw))) {
      WriterTable table = new WriterTable();
      if (in.readInt() != MAGIC || in.readInt() != ROWS || in.readInt() != COLUMNS) {
        throw new DataException(
            "%s: expected an IDX table of %,d rows of %d whole numbers, found something else"
                .formatted(file, ROWS, COLUMNS));
      }
      for (int row = 0; row < ROWS; row++) {
        table.labels[row] = in.readInt();
        in.readInt();
        table.writers[row] = in.readInt();
        in.skipNBytes((COLUMNS - 3) * Integer.BYTES);
      }
      return table;
    } catch (EOFException e) {
      throw new DataException(file + ": truncated: it ends within the table", e);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  private static InputStream inflated(InputStream raw) throws IOException {
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(raw)) : raw;
  }

  /** Whether it has a row for each image, with its class. */
  boolean isOf(ImageSet images) {
    if (images.size() != ROWS) {
      return false;
    }
    for (int i = 0; i < ROWS; i++) {
      if (labels[i] != images.label(i)) {
        return false;
      }
    }
    return true;
  }

  /** Who wrote an image: a number. */
  int writer(int image) {
    return writers[image];
  }
}
