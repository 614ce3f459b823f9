package io.mnist4j.data.store;

import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.data.npy.NpyDataset;
import io.mnist4j.data.npy.NpzFile;
import io.mnist4j.data.parquet.ParquetReader;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.TarTree;
import io.mnist4j.data.tabular.TextContent;
import io.mnist4j.data.tabular.TextForm;
import io.mnist4j.errors.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What a file holds, as its first bytes say. */
enum FileKind {
  NPY,
  NPZ,
  PARQUET,
  IDX,
  ZIP,
  TAR,
  CSV,
  ARFF,
  LIBSVM,
  PICTURE,
  OTHER;

  private static final int HEAD_BYTES = 4096;

  /** Whether it holds images and labels as numbers. */
  boolean isTable() {
    return this == CSV || this == ARFF || this == LIBSVM;
  }

  /**
   * Reads the beginning of a file, inflated where it is gzip or bzip2.
   *
   * @throws DataException if it cannot be read
   */
  static FileKind of(FileEntry file) throws DataException {
    byte[] raw = raw(file);
    if (NpyDataset.isNpy(raw)) {
      return NPY;
    }
    if (raw.length >= 4 && ParquetReader.isParquet(raw)) {
      return PARQUET;
    }
    if (startsWith(raw, 'P', 'K', 3, 4) || startsWith(raw, 'P', 'K', 5, 6)) {
      return NpzFile.isNpz(file) ? NPZ : ZIP;
    }
    if (PictureFiles.isPicture(raw)) {
      return PICTURE;
    }
    boolean packed = startsWith(raw, 0x1f, 0x8b) || startsWith(raw, 'B', 'Z', 'h');
    byte[] head = packed ? TextContent.head(file, HEAD_BYTES) : raw;
    if (TarTree.isTar(head)) {
      return TAR;
    }
    if (IdxReader.isIdx(head)) {
      return IDX;
    }
    Optional<TextForm> text = TextForm.of(head);
    return text.map(form -> valueOf(form.name())).orElse(OTHER);
  }

  private static byte[] raw(FileEntry file) throws DataException {
    try (InputStream in = file.open()) {
      return in.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean startsWith(byte[] head, int... first) {
    if (head.length < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if (head[i] != (byte) first[i]) {
        return false;
      }
    }
    return true;
  }
}
