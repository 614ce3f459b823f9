package io.mnist4j.data.store;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.catalogue.IdxEntry;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.fetch.FetchSettings;
import io.mnist4j.data.fetch.Fetcher;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The data sets in one folder. A data set's files lie in {@code <folder>/<name>/} or in the folder
 * itself; downloads go to the former. What counts as a data set is the SHA-256 of its files'
 * uncompressed content.
 */
public final class DataStore {
  private final Path folder;
  private final FetchSettings settings;
  private final DataSearch search;

  /**
   * @param folder need not exist, and for reading need not be writable
   * @param settings how files are fetched that are not there
   */
  public DataStore(Path folder, FetchSettings settings) {
    this(folder, settings, Catalogue.entries());
  }

  DataStore(Path folder, FetchSettings settings, Collection<? extends CatalogueEntry> known) {
    this.folder = folder.toAbsolutePath().normalize();
    this.settings = settings;
    this.search = new DataSearch(this.folder, known);
  }

  /** The folder, absolute. */
  public Path folder() {
    return folder;
  }

  /**
   * Reads a data set and verifies the content of all its files.
   *
   * @throws MissingDataException if a file is not there, and may not or could not be fetched
   * @throws DataException if a file is there and corrupt
   */
  public Dataset load(IdxEntry entry, FetchPolicy policy, FetchListener listener)
      throws DataException {
    Map<FileRole, FileLookup> lookups = search.lookUp(entry);
    refuseCorrupt(entry, lookups);
    List<CatalogueFile> missing = notFound(entry, lookups);
    if (!missing.isEmpty()) {
      if (policy == FetchPolicy.NEVER) {
        throw missing(entry, missing);
      }
      fetch(entry, missing, false, listener);
      for (CatalogueFile file : missing) {
        lookups.put(file.role(), search.lookUp(entry, file));
      }
      refuseCorrupt(entry, lookups);
      if (!notFound(entry, lookups).isEmpty()) {
        throw missing(entry, notFound(entry, lookups));
      }
    }
    return dataset(entry, lookups);
  }

  /**
   * Fetches the files of a data set that are not there or are corrupt, and replaces the latter.
   *
   * @param force fetch all files, those that are there too
   * @throws MissingDataException if a file could not be fetched
   */
  public FetchResult fetch(IdxEntry entry, boolean force, FetchListener listener)
      throws DataException {
    List<CatalogueFile> wanted = entry.files();
    if (!force) {
      wanted = notFound(entry, search.lookUp(entry));
    }
    List<Path> fetched = wanted.isEmpty() ? List.of() : fetch(entry, wanted, force, listener);
    List<Path> files = new ArrayList<>();
    for (FileStatus status : verify(entry)) {
      files.add(status.path().orElseThrow(() -> missing(entry, entry.files())));
    }
    return new FetchResult(files, fetched);
  }

  /**
   * Fetches several data sets as {@link #fetch(IdxEntry, boolean, FetchListener)} fetches one.
   *
   * @return the results by the names of the data sets, in the order of the entries
   * @throws MissingDataException if a file could not be fetched
   */
  public Map<String, FetchResult> fetch(
      List<CatalogueEntry> entries, boolean force, FetchListener listener) throws DataException {
    Map<String, FetchResult> results = new LinkedHashMap<>();
    for (CatalogueEntry entry : entries) {
      results.put(
          entry.name(),
          entry instanceof IdxEntry idx ? fetch(idx, force, listener) : FetchResult.NOTHING);
    }
    return results;
  }

  /** Reads all files of a data set and says of each whether it is there and right. */
  public List<FileStatus> verify(IdxEntry entry) {
    Map<FileRole, FileLookup> lookups = search.lookUp(entry);
    return entry.files().stream().map(file -> lookups.get(file.role()).status(file)).toList();
  }

  private List<Path> fetch(
      IdxEntry entry, List<CatalogueFile> wanted, boolean force, FetchListener listener)
      throws DataException {
    Fetcher fetcher = new Fetcher(entry, folder.resolve(entry.name()), settings, listener);
    return fetcher.fetch(
        wanted, file -> force || !(search.lookUp(entry, file) instanceof FileLookup.Found));
  }

  private static List<CatalogueFile> notFound(IdxEntry entry, Map<FileRole, FileLookup> lookups) {
    return entry.files().stream()
        .filter(file -> !(lookups.get(file.role()) instanceof FileLookup.Found))
        .toList();
  }

  private static void refuseCorrupt(IdxEntry entry, Map<FileRole, FileLookup> lookups)
      throws DataException {
    for (FileLookup found : lookups.values()) {
      if (found instanceof FileLookup.Corrupt corrupt) {
        throw new DataException(
            "%s. Replace it by hand, or with: mnist4j data fetch %s"
                .formatted(corrupt.problem(), entry.name()));
      }
    }
  }

  private MissingDataException missing(IdxEntry entry, List<CatalogueFile> files) {
    return new MissingDataException(
        "%s is not complete in %s: missing %s. Fetch it with: mnist4j data fetch %s; or set %s"
            .formatted(
                entry.name(),
                folder,
                String.join(", ", files.stream().map(file -> file.role().fileName()).toList()),
                entry.name(),
                DataFolder.VARIABLE));
  }

  private static Dataset dataset(IdxEntry entry, Map<FileRole, FileLookup> lookups)
      throws DataException {
    Map<FileRole, IdxContent> contents = new EnumMap<>(FileRole.class);
    TreeMap<String, String> hashes = new TreeMap<>();
    for (Map.Entry<FileRole, FileLookup> lookup : lookups.entrySet()) {
      IdxContent content = ((FileLookup.Found) lookup.getValue()).content();
      contents.put(lookup.getKey(), content);
      hashes.put(lookup.getKey().fileName(), content.sha256);
    }
    return new Dataset(
        entry.name(),
        entry.classNames(),
        IdxReader.join(contents.get(FileRole.TRAIN_IMAGES), contents.get(FileRole.TRAIN_LABELS)),
        IdxReader.join(contents.get(FileRole.TEST_IMAGES), contents.get(FileRole.TEST_LABELS)),
        hashes);
  }
}
