package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.pictures.PictureFiles;
import io.mnist4j.data.source.ClassNamesFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.tabular.CsvReader;
import io.mnist4j.errors.DataException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the files of a folder or an archive are that are no pictures. */
final class TreeContents {
  /** A table of fewer columns holds no images; Kaggle's example of a submission is one. */
  private static final int FEWEST_COLUMNS = 5;

  /** So many files are looked into; a folder with more is no data set, but somebody's home. */
  private static final int MAX_FILES = 2_000;

  /** What forms there are, for messages. */
  static final String UNDERSTOOD =
      "understood are pictures in folders of classes, IDX, npz and npy, CSV, ARFF, LIBSVM and"
          + " Parquet files, and zip and tar archives of them";

  private final FileTree tree;
  private final Map<FileKind, List<FileEntry>> kinds = new EnumMap<>(FileKind.class);

  TreeContents(FileTree tree) {
    this.tree = tree;
  }

  /** All files but pictures and names of classes, each looked into once. */
  private Map<FileKind, List<FileEntry>> kinds() throws DataException {
    if (kinds.isEmpty()) {
      requireFew();
      for (FileEntry file : tree.entries()) {
        boolean named =
            PictureFiles.isPictureName(file.fileName())
                || file.fileName().equals(ClassNamesFile.NAME);
        if (!named) {
          kinds.computeIfAbsent(FileKind.of(file), any -> new ArrayList<>()).add(file);
        }
      }
    }
    return kinds;
  }

  /** The tables that list picture files. */
  List<FileEntry> pictureTables() throws DataException {
    List<FileEntry> tables = new ArrayList<>();
    for (FileEntry table : kinds().getOrDefault(FileKind.CSV, List.of())) {
      if (CsvReader.pictureColumn(table).isPresent()) {
        tables.add(table);
      }
    }
    return tables;
  }

  private void requireFew() throws DataException {
    long others =
        tree.entries().stream()
            .filter(file -> !PictureFiles.isPictureName(file.fileName()))
            .count();
    if (others > MAX_FILES) {
      throw new DataException(
          "%s: holds %d files that are no pictures; name the folder of one data set"
              .formatted(tree.origin(), others));
    }
  }

  /**
   * All data files of the kind that is preferred; tables of every kind go together.
   *
   * @throws DataException if there are none
   */
  List<FileEntry> dataFiles() throws DataException {
    Map<FileKind, List<FileEntry>> kinds = kinds();
    List<FileEntry> arrays = new ArrayList<>(kinds.getOrDefault(FileKind.NPZ, List.of()));
    arrays.addAll(kinds.getOrDefault(FileKind.NPY, List.of()));
    if (!arrays.isEmpty()) {
      return arrays;
    }
    if (kinds.containsKey(FileKind.PARQUET)) {
      return kinds.get(FileKind.PARQUET);
    }
    List<FileEntry> tables = new ArrayList<>();
    for (FileKind kind : List.of(FileKind.ARFF, FileKind.LIBSVM, FileKind.CSV)) {
      for (FileEntry file : kinds.getOrDefault(kind, List.of())) {
        if (kind != FileKind.CSV || CsvReader.headerOf(file).size() >= FEWEST_COLUMNS) {
          tables.add(file);
        }
      }
    }
    if (tables.isEmpty() && kinds.containsKey(FileKind.IDX)) {
      throw new DataException(
          "%s: holds IDX files, such as %s, but none with a name of MNIST's, such as %s"
              .formatted(
                  tree.origin(),
                  kinds.get(FileKind.IDX).get(0).name(),
                  FileRole.TRAIN_IMAGES.fileName()));
    }
    if (tables.isEmpty()) {
      throw new DataException("%s: holds no data set; %s".formatted(tree.origin(), UNDERSTOOD));
    }
    return tables;
  }
}
