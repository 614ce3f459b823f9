package io.mnist4j.data.store;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageGroups;
import io.mnist4j.data.Part;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.catalogue.CatalogueEntry;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.groups.GroupTable;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.text.ClosestName;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Tables of groups: files, or those of the catalogue, by name. */
public final class GroupTables {
  private GroupTables() {}

  /** The names of the tables that the catalogue knows. */
  public static List<String> names() {
    return Catalogue.entries().stream()
        .filter(CatalogueEntry::isTable)
        .map(CatalogueEntry::name)
        .toList();
  }

  /**
   * What a user wrote, with the path of a file made absolute.
   *
   * @throws IllegalArgumentException if it can be neither a name nor a file
   */
  static String source(String asked) {
    try {
      return asked.isBlank() || names().contains(asked)
          ? asked.strip()
          : Path.of(asked).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "groups must be a file or %s, not '%s': %s"
              .formatted(String.join(", ", names()), asked, e.getReason()),
          e);
    }
  }

  /**
   * Reads a table.
   *
   * @param asked a file, or a name of the catalogue, whose files are fetched where they are missing
   * @param part that it is to be of, where there is one for each part
   * @throws ConfigException if it can be neither
   * @throws DataException if it cannot be had, or is no table of groups
   */
  public static GroupTable load(String asked, Part part, DataStore store, FetchListener listener)
      throws ConfigException, DataException {
    String source;
    try {
      source = source(asked);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
    if (!names().contains(source)) {
      Path file = Path.of(source);
      if (!Files.exists(file)) {
        throw new DataException(
            "groups: there is no file %s%s"
                .formatted(
                    file, ClosestName.question(String.valueOf(file.getFileName()), names())));
      }
      return GroupTable.read(file);
    }
    if (part == Part.VALIDATION) {
      throw new DataException(
          source + " says nothing of validation images that are no training images");
    }
    List<Path> files = store.filesOf(Catalogue.entry(source), listener);
    return GroupTable.read(files.get(part == Part.TRAIN ? 0 : 1));
  }

  /**
   * The groups of the training images that the settings ask for.
   *
   * @return the data set with them, and the settings with the SHA-256 of the table
   */
  static DatasetChoice join(DatasetChoice choice, DataStore store, FetchListener listener)
      throws ConfigException, DataException {
    DataSpec spec = choice.spec();
    Dataset dataset = choice.dataset();
    GroupTable table = load(spec.groups(), Part.TRAIN, store, listener);
    if (!spec.groupsSha256().isEmpty() && !spec.groupsSha256().equals(table.sha256())) {
      throw new DataException(
          ("%s has changed: data.groups-sha256 is %s, and its SHA-256 is %s; leave the former out to"
                  + " take the file as it is now")
              .formatted(table.file(), spec.groupsSha256(), table.sha256()));
    }
    String column = table.column(spec.groupColumn());
    ImageGroups groups =
        table.of(Part.TRAIN, dataset.train(), dataset.classNames()).groups(column, dataset.train());
    return new DatasetChoice(
        dataset.withGroups(groups), spec.withGroupsSha256(table.sha256()), choice.fallbackReason());
  }
}
