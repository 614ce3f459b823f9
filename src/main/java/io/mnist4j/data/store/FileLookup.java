package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.idx.IdxContent;
import java.nio.file.Path;
import java.util.Optional;

/** The result of looking for one file of a data set. */
sealed interface FileLookup {
  FileStatus status(CatalogueFile file);

  /** It is there and it is the right one. */
  record Found(IdxContent content) implements FileLookup {
    @Override
    public FileStatus status(CatalogueFile file) {
      return new FileStatus(
          file.role().fileName(),
          FileStatus.FileState.OK,
          Optional.of(content.file),
          file.sha256(),
          Optional.of(content.sha256),
          "");
    }
  }

  /** Nothing of its name is there. */
  record Missing(Path folder) implements FileLookup {
    @Override
    public FileStatus status(CatalogueFile file) {
      return new FileStatus(
          file.role().fileName(),
          FileStatus.FileState.MISSING,
          Optional.empty(),
          file.sha256(),
          Optional.empty(),
          "not in " + folder);
    }
  }

  /** Something of its name is there, and is not what the name says. */
  record Corrupt(Path path, Optional<String> foundSha256, String problem) implements FileLookup {
    @Override
    public FileStatus status(CatalogueFile file) {
      return new FileStatus(
          file.role().fileName(),
          FileStatus.FileState.CORRUPT,
          Optional.of(path),
          file.sha256(),
          foundSha256,
          problem);
    }
  }
}
