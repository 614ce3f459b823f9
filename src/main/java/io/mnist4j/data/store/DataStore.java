package io.mnist4j.data.store;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.fetch.FetchSettings;
import io.mnist4j.data.fetch.Fetcher;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.data.store.FileStatus.FileState;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets in one folder. A data set's files lie in {@code <folder>/<name>/} or in the folder
 * itself; downloads go to the former. What counts as a data set is the SHA-256 of its files'
 * uncompressed content.
 */
public final class DataStore {
  private final Path folder;
  private final FetchSettings settings;
  private final Collection<CatalogueEntry> known;

  /**
   * One file that was looked for.
   *
   * @param content null unless it is there and right
   */
  private record Lookup(CatalogueFile file, FileStatus status, IdxContent content) {
    boolean found() {
      return content != null;
    }
  }

  /**
   * @param folder need not exist, and for reading need not be writable
   * @param settings how files are fetched that are not there
   */
  public DataStore(Path folder, FetchSettings settings) {
    this(folder, settings, Catalogue.entries());
  }

  /**
   * @param known the data sets whose files may also lie in the folder itself, under the same names
   */
  DataStore(Path folder, FetchSettings settings, Collection<CatalogueEntry> known) {
    this.folder = folder.toAbsolutePath().normalize();
    this.settings = settings;
    this.known = known;
  }

  /** The folder, absolute. */
  public Path folder() {
    return folder;
  }

  /**
   * Reads a data set, verifies the content of all its files, and fetches those that are not there.
   *
   * @throws MissingDataException if a file is not there and could not be fetched
   * @throws DataException if a file is there and corrupt
   */
  public Dataset load(CatalogueEntry entry, FetchListener listener) throws DataException {
    List<Lookup> files = intact(entry);
    List<CatalogueFile> missing = notFound(files);
    if (!missing.isEmpty()) {
      fetch(entry, missing, false, listener);
      files = intact(entry);
      if (!notFound(files).isEmpty()) {
        throw missing(entry, notFound(files));
      }
    }
    Map<FileRole, IdxContent> contents = new EnumMap<>(FileRole.class);
    files.forEach(lookup -> contents.put(lookup.file().role(), lookup.content()));
    return IdxFolder.join(entry.name(), entry.classNames(), contents);
  }

  /**
   * Fetches the files of a data set that are not there or are corrupt, and replaces the latter.
   *
   * @param force fetch all files, those that are there too
   * @throws MissingDataException if a file could not be fetched
   */
  public FetchResult fetch(CatalogueEntry entry, boolean force, FetchListener listener)
      throws DataException {
    List<CatalogueFile> wanted = force ? entry.files() : notFound(lookUp(entry));
    List<Path> fetched = wanted.isEmpty() ? List.of() : fetch(entry, wanted, force, listener);
    List<Path> files = new ArrayList<>();
    for (FileStatus status : verify(entry)) {
      files.add(status.path().orElseThrow(() -> missing(entry, entry.files())));
    }
    return new FetchResult(files, fetched);
  }

  /**
   * Fetches several data sets as {@link #fetch(CatalogueEntry, boolean, FetchListener)} fetches
   * one.
   *
   * @return the results by the names of the data sets, in the order of the entries
   * @throws MissingDataException if a file could not be fetched
   */
  public Map<String, FetchResult> fetch(
      List<CatalogueEntry> entries, boolean force, FetchListener listener) throws DataException {
    Map<String, FetchResult> results = new LinkedHashMap<>();
    for (CatalogueEntry entry : entries) {
      results.put(entry.name(), fetch(entry, force, listener));
    }
    return results;
  }

  /** Reads all files of a data set and says of each whether it is there and right. */
  public List<FileStatus> verify(CatalogueEntry entry) {
    return lookUp(entry).stream().map(Lookup::status).toList();
  }

  private List<Path> fetch(
      CatalogueEntry entry, List<CatalogueFile> wanted, boolean force, FetchListener listener)
      throws DataException {
    Fetcher fetcher = new Fetcher(entry, folder.resolve(entry.name()), settings, listener);
    return fetcher.fetch(wanted, file -> force || !lookUp(entry, file).found());
  }

  private static List<CatalogueFile> notFound(List<Lookup> files) {
    return files.stream().filter(lookup -> !lookup.found()).map(Lookup::file).toList();
  }

  /** The files that are there; none may be corrupt. */
  private List<Lookup> intact(CatalogueEntry entry) throws DataException {
    List<Lookup> files = lookUp(entry);
    for (Lookup file : files) {
      if (file.status().state() == FileState.CORRUPT) {
        throw new DataException(
            "%s. Replace it by hand, or with: mnist4j data fetch %s"
                .formatted(file.status().problem(), entry.name()));
      }
    }
    return files;
  }

  private MissingDataException missing(CatalogueEntry entry, List<CatalogueFile> files) {
    return new MissingDataException(
        "%s is not complete in %s: missing %s. Fetch it with: mnist4j data fetch %s; or set %s"
            .formatted(
                entry.name(),
                folder,
                String.join(", ", files.stream().map(file -> file.role().fileName()).toList()),
                entry.name(),
                DataFolder.VARIABLE));
  }

  /** Reads all four files at once, in the order of the entry. */
  private List<Lookup> lookUp(CatalogueEntry entry) {
    return entry.files().parallelStream().map(file -> lookUp(entry, file)).toList();
  }

  /**
   * Reads one file: the first of its names that has the right content, so that a broken one hides
   * none.
   */
  private Lookup lookUp(CatalogueEntry entry, CatalogueFile file) {
    Lookup first = notThere(file);
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

  private Lookup notThere(CatalogueFile file) {
    return lookup(file, FileState.MISSING, null, null, "not in " + folder);
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
      return notThere(file);
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
