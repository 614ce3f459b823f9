package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.catalogue.IdxEntry;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.errors.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Looks for the files of a data set in {@code <folder>/<name>/}, then in the folder itself. The
 * first that has the right content wins, so a broken file does not hide a good one.
 */
final class DataSearch {
  private final Path folder;
  private final Collection<? extends CatalogueEntry> known;

  /**
   * @param known the data sets whose files may also lie in the folder itself, under the same names
   */
  DataSearch(Path folder, Collection<? extends CatalogueEntry> known) {
    this.folder = folder;
    this.known = known;
  }

  /** Reads all four files at once: together they take as long as the largest. */
  Map<FileRole, FileLookup> lookUp(IdxEntry entry) {
    ExecutorService readers = Executors.newFixedThreadPool(entry.files().size());
    try {
      Map<FileRole, CompletableFuture<FileLookup>> running = new EnumMap<>(FileRole.class);
      for (CatalogueFile file : entry.files()) {
        running.put(file.role(), CompletableFuture.supplyAsync(() -> lookUp(entry, file), readers));
      }
      Map<FileRole, FileLookup> lookups = new EnumMap<>(FileRole.class);
      running.forEach((role, lookup) -> lookups.put(role, lookup.join()));
      return lookups;
    } finally {
      readers.shutdownNow();
    }
  }

  /** Reads one file. */
  FileLookup lookUp(IdxEntry entry, CatalogueFile file) {
    FileLookup.Corrupt corrupt = null;
    for (Path path : candidates(entry, file)) {
      FileLookup found = read(entry, file, path);
      if (found instanceof FileLookup.Found) {
        return found;
      }
      if (found instanceof FileLookup.Corrupt problem && corrupt == null) {
        corrupt = problem;
      }
    }
    return corrupt != null ? corrupt : new FileLookup.Missing(folder);
  }

  private List<Path> candidates(IdxEntry entry, CatalogueFile file) {
    List<Path> paths = new ArrayList<>();
    for (Path place : List.of(folder.resolve(entry.name()), folder)) {
      for (String name : file.role().names()) {
        Path path = place.resolve(name);
        if (Files.exists(path)) {
          paths.add(path);
        }
      }
    }
    return paths;
  }

  private FileLookup read(IdxEntry entry, CatalogueFile file, Path path) {
    IdxContent content;
    try {
      content = IdxReader.read(path, file.role().kind);
    } catch (DataException e) {
      return new FileLookup.Corrupt(path, Optional.empty(), e.getMessage());
    }
    if (content.sha256.equals(file.sha256())) {
      return new FileLookup.Found(content);
    }
    if (folder.equals(path.getParent()) && belongsToAnother(entry, content.sha256)) {
      return new FileLookup.Missing(folder);
    }
    return new FileLookup.Corrupt(
        path,
        Optional.of(content.sha256),
        "%s: expected content with SHA-256 %s, found %s"
            .formatted(path, file.sha256(), content.sha256));
  }

  private boolean belongsToAnother(IdxEntry entry, String sha256) {
    return known.stream()
        .filter(other -> !other.name().equals(entry.name()))
        .anyMatch(
            other ->
                other instanceof IdxEntry idx
                    && idx.files().stream().anyMatch(file -> file.sha256().equals(sha256)));
  }
}
