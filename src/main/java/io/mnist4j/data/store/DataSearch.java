package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.data.store.FileStatus.FileState;
import io.mnist4j.errors.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the files of a data set in {@code <folder>/<name>/}, then in the folder itself. The
 * first that has the right content wins, so a broken file does not hide a good one.
 *
 * @param known the data sets whose files may also lie in the folder itself, under the same names
 */
record DataSearch(Path folder, Collection<CatalogueEntry> known) {
  /**
   * One file that was looked for.
   *
   * @param content null unless it is there and right
   */
  record Lookup(CatalogueFile file, FileStatus status, IdxContent content) {
    boolean found() {
      return content != null;
    }
  }

  /** Reads all four files at once, in the order of the entry. */
  List<Lookup> lookUp(CatalogueEntry entry) {
    return entry.files().parallelStream().map(file -> lookUp(entry, file)).toList();
  }

  /** Reads one file. */
  Lookup lookUp(CatalogueEntry entry, CatalogueFile file) {
    Lookup first = lookup(file, FileState.MISSING, null, null, "not in " + folder);
    for (Path place : List.of(folder.resolve(entry.name()), folder)) {
      for (String name : file.role().names()) {
        Path path = IdxFolder.file(place.resolve(name));
        Lookup read = Files.exists(path) ? read(entry, file, path) : first;
        if (read.found()) {
          return read;
        }
        if (first.status.state() == FileState.MISSING) {
          first = read;
        }
      }
    }
    return first;
  }

  private Lookup read(CatalogueEntry entry, CatalogueFile file, Path path) {
    IdxContent content;
    try {
      content = IdxReader.read(path, file.role().kind);
    } catch (DataException e) {
      return lookup(file, FileState.CORRUPT, path, null, e.getMessage());
    }
    if (content.sha256.equals(file.sha256())) {
      return lookup(file, FileState.OK, path, content, "");
    }
    if (!path.startsWith(folder.resolve(entry.name())) && belongsToAnother(entry, content.sha256)) {
      return lookup(file, FileState.MISSING, null, null, "not in " + folder);
    }
    String problem =
        "%s: expected content with SHA-256 %s, found %s"
            .formatted(path, file.sha256(), content.sha256);
    return lookup(file, FileState.CORRUPT, path, content, problem);
  }

  private static Lookup lookup(
      CatalogueFile file, FileState state, Path path, IdxContent read, String problem) {
    FileStatus status =
        new FileStatus(
            file.role().fileName(),
            state,
            Optional.ofNullable(path),
            file.sha256(),
            Optional.ofNullable(read).map(content -> content.sha256),
            problem);
    return new Lookup(file, status, state == FileState.OK ? read : null);
  }

  private boolean belongsToAnother(CatalogueEntry entry, String sha256) {
    return known.stream()
        .filter(other -> !other.name().equals(entry.name()))
        .flatMap(other -> other.files().stream())
        .anyMatch(file -> file.sha256().equals(sha256));
  }
}
