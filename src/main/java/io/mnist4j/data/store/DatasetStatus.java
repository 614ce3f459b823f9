package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.errors.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

  /** Reads and verifies all files of a data set. */
  public static DatasetStatus of(CatalogueEntry entry, DataStore store) {
    return new DatasetStatus(entry, store.verify(entry));
  }

  /** A {@link DatasetState} in lower case, or {@code generated}. */
  public String state() {
    return files.isEmpty() ? "generated" : DatasetState.of(files).name().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that no file is missing or corrupt.
   *
   * @throws DataException that names all data sets of which one is
   */
  public static void requireUsable(List<DatasetStatus> all) throws DataException {
    String unusable =
        all.stream()
            .filter(
                status ->
                    status.files.stream().anyMatch(file -> file.state() != FileStatus.FileState.OK))
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
