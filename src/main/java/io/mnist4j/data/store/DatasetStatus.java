package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.store.FileStatus.FileState;
import io.mnist4j.errors.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set of the catalogue as it is on this machine.
 *
 * @param files verified; empty for a data set that the program generates
 */
public record DatasetStatus(CatalogueEntry entry, List<FileStatus> files) {

  public DatasetStatus {
    files = List.copyOf(files);
  }

  /** Looks whether the files of a data set are there, as {@link DataStore#glance} does. */
  public static DatasetStatus glance(CatalogueEntry entry, DataStore store) {
    return new DatasetStatus(entry, store.glance(entry));
  }

  /** Reads and verifies all files of a data set. */
  public static DatasetStatus of(CatalogueEntry entry, DataStore store) {
    return new DatasetStatus(entry, store.verify(entry));
  }

  /**
   * What its files say together: {@code corrupt} if one is wrong, {@code missing} if none is there,
   * {@code incomplete}, {@code present} if one was not read, or {@code complete}; {@code generated}
   * if it needs none.
   */
  public String state() {
    if (files.isEmpty()) {
      return "generated";
    }
    List<FileState> states = files.stream().map(FileStatus::state).toList();
    if (states.contains(FileState.CORRUPT)) {
      return "corrupt";
    }
    if (states.stream().allMatch(FileState.MISSING::equals)) {
      return "missing";
    }
    if (states.contains(FileState.MISSING)) {
      return "incomplete";
    }
    return states.contains(FileState.PRESENT) ? "present" : "complete";
  }

  /**
   * Checks that no file is missing or corrupt.
   *
   * @throws DataException that names all data sets of which one is
   */
  public static void requireUsable(List<DatasetStatus> all) throws DataException {
    String unusable =
        all.stream()
            .filter(status -> status.files.stream().anyMatch(file -> file.state() != FileState.OK))
            .map(status -> status.entry.name())
            .collect(Collectors.joining(" "));
    if (!unusable.isEmpty()) {
      throw new DataException(
          "missing or corrupt files: get them with mnist4j data fetch " + unusable);
    }
  }

  /** The folder of the first file that is there. */
  public Optional<Path> folder() {
    return files.stream().flatMap(file -> file.path().stream()).map(Path::getParent).findFirst();
  }
}
