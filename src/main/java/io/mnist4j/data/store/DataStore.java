package io.mnist4j.data.store;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.DatasetParts;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.CheckedFile;
import io.mnist4j.data.catalogue.DatasetLayout;
import io.mnist4j.data.catalogue.FileForm;
import io.mnist4j.data.catalogue.FileHash;
import io.mnist4j.data.catalogue.FileHash.HashKind;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.fetch.FetchSettings;
import io.mnist4j.data.fetch.FetchedHashes;
import io.mnist4j.data.fetch.Fetcher;
import io.mnist4j.data.idx.IdxContent;
import io.mnist4j.data.imagefolder.PictureForm;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
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
import java.util.stream.IntStream;

/**
 * The data sets in one folder. A data set's files lie in the folder of its layout, mostly {@code
 * <folder>/<name>/}, or in the folder itself; downloads go to the former. What counts as a data set
 * are the hashes of its files: of their uncompressed content where that is known, else of the files
 * as they were published.
 */
public final class DataStore {
  private final Path folder;
  private final FetchSettings settings;
  private final Collection<CatalogueEntry> known;
  private final Optional<Path> cache;

  /**
   * The data sets of a folder, with the downloads and the cache that an environment asks for.
   *
   * @param folder null for the one that the environment names
   * @throws IllegalArgumentException if {@code MNIST4J_MIRRORS} holds no addresses
   */
  public static DataStore of(Path folder, Map<String, String> environment) {
    return new DataStore(
        DataFolder.resolve(folder, environment, System.getProperties()),
        FetchSettings.of(environment),
        DataFolder.decoded(environment, System.getProperties()));
  }

  /**
   * One file that was looked for.
   *
   * @param content of an IDX file that is there and right
   */
  private record Lookup(CatalogueFile file, FileStatus status, Optional<IdxContent> content) {
    boolean found() {
      return status.state() == FileState.OK;
    }
  }

  /**
   * @param folder need not exist, and for reading need not be writable
   * @param settings how files are fetched that are not there
   */
  public DataStore(Path folder, FetchSettings settings) {
    this(folder, settings, Catalogue.entries(), Optional.empty());
  }

  /**
   * @param cache the folder of decoded pictures, which need not exist
   */
  public DataStore(Path folder, FetchSettings settings, Path cache) {
    this(folder, settings, Catalogue.entries(), Optional.of(cache));
  }

  /**
   * @param known the data sets whose files may also lie in the folder itself, under the same names
   */
  DataStore(
      Path folder, FetchSettings settings, Collection<CatalogueEntry> known, Optional<Path> cache) {
    this.folder = folder.toAbsolutePath().normalize();
    this.settings = settings;
    this.known = known;
    this.cache = cache;
  }

  /** Where decoded pictures are kept; empty where none are. */
  public Optional<Path> cache() {
    return cache;
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
    return entry.isIdx()
        ? join(entry, complete(entry, listener), listener)
        : readFolder(entry, folderOf(entry, listener), listener);
  }

  /**
   * A data set whose files are no IDX files.
   *
   * @param place holds all files, verified
   */
  private Dataset readFolder(CatalogueEntry entry, Path place, FetchListener listener)
      throws DataException {
    List<FileEntry> files = new ArrayList<>();
    for (CatalogueFile file : entry.files()) {
      if (file.form() == FileForm.ZIP) {
        throw new DataException(
            "%s holds many data sets: unpack %s, and name one of its folders with --dataset"
                .formatted(entry.name(), place.resolve(file.name())));
      }
      files.add(DiskFile.of(place.resolve(file.name())));
    }
    ReadingOptions options =
        new ReadingOptions(PictureForm.AS_IS, Optional.empty(), DataSpec.AUTO, cache);
    DatasetParts parts =
        new DataFiles(place.toString(), entry.name(), options, listener)
            .read(files, entry.classNames());
    return DatasetAssembly.of(parts, DataSpec.DEFAULT.test(), listener::note);
  }

  /**
   * The folder that holds all files of a data set under the names of the catalogue, verified. What
   * is not there is fetched.
   *
   * @throws MissingDataException if a file is not there and could not be fetched
   * @throws DataException if a file is there and corrupt, or if they lie in two folders
   */
  public Path folderOf(CatalogueEntry entry, FetchListener listener) throws DataException {
    List<Path> places =
        complete(entry, listener).stream()
            .map(lookup -> lookup.status().path().orElseThrow().getParent())
            .distinct()
            .toList();
    if (places.size() != 1) {
      throw new DataException(
          "%s: expected all files in one folder, found some in %s and some in %s"
              .formatted(entry.name(), places.get(0), places.get(1)));
    }
    return places.get(0);
  }

  /**
   * The files of a data set in the order of the catalogue, verified. What is not there is fetched.
   *
   * @throws MissingDataException if a file is not there and could not be fetched
   * @throws DataException if a file is there and corrupt
   */
  public List<Path> filesOf(CatalogueEntry entry, FetchListener listener) throws DataException {
    return complete(entry, listener).stream()
        .map(lookup -> lookup.status().path().orElseThrow())
        .toList();
  }

  /** All files, verified; those that are not there are fetched. */
  private List<Lookup> complete(CatalogueEntry entry, FetchListener listener) throws DataException {
    List<Lookup> files = intact(entry);
    List<CatalogueFile> missing = notFound(files);
    if (!missing.isEmpty()) {
      fetch(entry, missing, false, listener);
      files = intact(entry);
      if (!notFound(files).isEmpty()) {
        throw missing(entry, notFound(files));
      }
    }
    return files;
  }

  /** Of files that are IDX files, as the layout says. */
  private static Dataset join(CatalogueEntry entry, List<Lookup> files, FetchListener listener)
      throws DataException {
    DatasetLayout layout = entry.layout();
    Map<FileRole, IdxContent> contents = new EnumMap<>(FileRole.class);
    for (Lookup lookup : files) {
      IdxContent content = lookup.content().orElseThrow();
      contents.put(
          lookup.file().role().orElseThrow(),
          (layout.transposed() ? content.transposed() : content).lowered(layout.firstLabel()));
    }
    if (layout.transposed()) {
      listener.note(
          entry.name()
              + ": rows and columns of the images are exchanged, since EMNIST stores columns");
    }
    Dataset dataset = IdxFolder.join(entry.name(), entry.classNames(), contents);
    for (ImageSet set : List.of(dataset.train(), dataset.test())) {
      int highest = IntStream.range(0, set.size()).map(set::label).max().orElse(0);
      if (highest >= entry.classNames().size()) {
        throw new DataException(
            "%s: expected labels %d to %d, found others"
                .formatted(
                    entry.name(),
                    layout.firstLabel(),
                    layout.firstLabel() + entry.classNames().size() - 1));
      }
    }
    return dataset;
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

  /**
   * Looks whether the files of a data set are there, in a moment: those that are known by their
   * content are verified, of others no more is read than their length.
   */
  public List<FileStatus> glance(CatalogueEntry entry) {
    return entry.isKnownByContent()
        ? verify(entry)
        : entry.files().stream().map(file -> glance(entry, file)).toList();
  }

  private FileStatus glance(CatalogueEntry entry, CatalogueFile file) {
    for (Path place : List.of(ownFolder(entry), folder)) {
      Path path = place.resolve(file.name());
      long bytes = path.toFile().isFile() ? path.toFile().length() : -1;
      boolean fits = file.fileBytes() == 0 || file.fileBytes() == bytes;
      if (bytes >= 0 && (fits || place.equals(ownFolder(entry)))) {
        return lookup(
                file,
                fits ? FileState.PRESENT : FileState.CORRUPT,
                path,
                Optional.empty(),
                fits
                    ? "not verified"
                    : "%s: expected %d bytes, found %d".formatted(path, file.fileBytes(), bytes))
            .status();
      }
    }
    return notThere(file).status();
  }

  private Path ownFolder(CatalogueEntry entry) {
    return folder.resolve(entry.layout().folder());
  }

  private List<Path> fetch(
      CatalogueEntry entry, List<CatalogueFile> wanted, boolean force, FetchListener listener)
      throws DataException {
    Fetcher fetcher = new Fetcher(entry, ownFolder(entry), settings, listener);
    return fetcher.fetch(wanted, file -> force || !lookUp(entry, file).found(), force);
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
                .formatted(file.status().remark(), entry.name()));
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
                String.join(", ", files.stream().map(CatalogueFile::title).toList()),
                entry.name(),
                DataFolder.VARIABLE));
  }

  /** Reads all files at once, in the order of the entry. */
  private List<Lookup> lookUp(CatalogueEntry entry) {
    return entry.files().parallelStream().map(file -> lookUp(entry, file)).toList();
  }

  /**
   * Reads one file: the first of its names that has the right content, so that a broken one hides
   * none.
   */
  private Lookup lookUp(CatalogueEntry entry, CatalogueFile file) {
    Lookup first = notThere(file);
    for (Path place : List.of(ownFolder(entry), folder)) {
      for (String name : file.names()) {
        Path path = IdxFiles.file(place.resolve(name));
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
    return lookup(file, FileState.MISSING, null, Optional.empty(), "not in " + folder);
  }

  private Lookup read(CatalogueEntry entry, CatalogueFile file, Path path) {
    CheckedFile checked;
    Optional<String> fetched;
    try {
      checked = CheckedFile.of(file, path);
      fetched = file.hash().isEmpty() ? FetchedHashes.of(path) : Optional.empty();
    } catch (DataException e) {
      return lookup(file, FileState.CORRUPT, path, Optional.empty(), e.getMessage());
    }
    Optional<CheckedFile> found = Optional.of(checked);
    if (file.hash().isEmpty()) {
      return fetched.orElse(checked.hash()).equals(checked.hash())
          ? lookup(file, FileState.OK, path, found, unpublished(fetched.isPresent()))
          : lookup(
              file,
              FileState.CORRUPT,
              path,
              found,
              "%s: expected SHA-256 %s as it was fetched, found %s"
                  .formatted(path, fetched.get(), checked.hash()));
    }
    if (checked.isRight()) {
      return lookup(file, FileState.OK, path, found, "");
    }
    if (!path.startsWith(ownFolder(entry)) && belongsToAnother(entry, path)) {
      return notThere(file);
    }
    FileHash expected = file.hash().get();
    String problem =
        "%s: expected %s%s %s, found %s"
            .formatted(
                path,
                expected.kind() == HashKind.CONTENT ? "content with " : "",
                expected.kind(),
                expected.hex(),
                checked.hash());
    return lookup(file, FileState.CORRUPT, path, found, problem);
  }

  private static String unpublished(boolean fetched) {
    return "no published hash; " + (fetched ? "as it was fetched" : "not fetched by mnist4j");
  }

  private static Lookup lookup(
      CatalogueFile file,
      FileState state,
      Path path,
      Optional<CheckedFile> checked,
      String remark) {
    FileStatus status =
        new FileStatus(
            file.title(),
            state,
            Optional.ofNullable(path),
            file.hash(),
            checked.map(CheckedFile::hash),
            remark);
    return new Lookup(
        file,
        status,
        state == FileState.OK ? checked.flatMap(CheckedFile::content) : Optional.empty());
  }

  private boolean belongsToAnother(CatalogueEntry entry, Path path) {
    return known.stream()
        .filter(other -> !other.name().equals(entry.name()))
        .flatMap(other -> other.files().stream())
        .filter(file -> file.hash().isPresent())
        .filter(file -> file.names().contains(path.getFileName().toString()))
        .anyMatch(file -> isRight(file, path));
  }

  private static boolean isRight(CatalogueFile file, Path path) {
    try {
      return CheckedFile.of(file, path).isRight();
    } catch (DataException e) {
      return false;
    }
  }
}
