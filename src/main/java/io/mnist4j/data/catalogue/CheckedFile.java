package io.mnist4j.data.catalogue;

import io.mnist4j.data.catalogue.FileHash.HashKind;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file on disk, compared with what the catalogue says of it.
 *
 * @param isRight whether it has the published hash, if there is one, and the right structure, if it
 *     is an IDX file
 * @param hash that was found, of the kind that was published, or the file's SHA-256
 * @param content of an IDX file that is right, or that is known by its content
 */
public record CheckedFile(boolean isRight, String hash, Optional<IdxContent> content) {
  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be read, or is no IDX file and should be one
   */
  public static CheckedFile of(CatalogueFile file, Path path) throws DataException {
    HashKind kind = file.hash().map(FileHash::kind).orElse(HashKind.SHA256);
    if (file.form() == FileForm.LABEL_TABLE) {
      String hash = LabelTableFile.sha256(path);
      return new CheckedFile(matches(file, hash), hash, Optional.empty());
    }
    if (kind == HashKind.CONTENT) {
      IdxContent content = IdxReader.read(path, file.role().orElseThrow().kind);
      return new CheckedFile(matches(file, content.sha256), content.sha256, Optional.of(content));
    }
    String hash = hash(kind, path);
    if (!matches(file, hash) || file.role().isEmpty()) {
      return new CheckedFile(matches(file, hash), hash, Optional.empty());
    }
    IdxContent content = IdxReader.read(path, file.role().get().kind);
    return new CheckedFile(true, hash, Optional.of(content));
  }

  private static boolean matches(CatalogueFile file, String hash) {
    return file.hash().map(FileHash::hex).orElse(hash).equals(hash);
  }

  private static String hash(HashKind kind, Path path) throws DataException {
    if (FileProblem.isNoFile(path)) {
      throw new DataException(path + ": expected a file, found a folder or device");
    }
    try {
      return kind.of(path);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(path, FileProblem.reason(e)), e);
    }
  }
}
