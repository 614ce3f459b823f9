package io.mnist4j.data.store;

import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.idx.IdxKind;
import io.mnist4j.data.idx.IdxReader;
import io.mnist4j.data.source.DiskFile;
import io.mnist4j.data.source.FileEntry;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of one folder, among which are those of an IDX data set. Kaggle's archives have a
 * folder of the file's name around some of them, which is passed over.
 *
 * @param place the folder, or the archive that it is in
 * @param name of the data set
 * @param byName the files by their names without folders
 */
record IdxFiles(Path place, String name, NavigableMap<String, FileEntry> byName) {

  /**
   * Whether a folder holds such a data set, or a part of one: a file with the name of one of its
   * files, and the first bytes of an IDX file. Looks into no others, of which there may be many.
   */
  static boolean areIn(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> FileRole.named(path.getFileName().toString()).isPresent())
          .anyMatch(path -> IdxReader.isIdx(onDisk(file(path))));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static DiskFile onDisk(Path file) {
    return new DiskFile(file, file.getFileName().toString(), -1);
  }

  /**
   * The files of a folder on disk.
   *
   * @throws MissingDataException if there is no such folder
   */
  static IdxFiles in(Path folder) throws DataException {
    if (!Files.isDirectory(folder)) {
      throw new MissingDataException(
          Files.exists(folder)
              ? folder + ": expected the folder of a data set, found a file"
              : folder + ": no such folder");
    }
    NavigableMap<String, FileEntry> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.map(IdxFiles::file).toList()) {
        if (!Files.isDirectory(path)) {
          files.put(path.getFileName().toString(), onDisk(path));
        }
      }
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(folder, FileProblem.reason(e)), e);
    }
    return new IdxFiles(folder, IdxFolder.name(folder), files);
  }

  /**
   * The files of the folder of a tree that has IDX files with names of a data set's; empty if none
   * has.
   *
   * @throws DataException if several have
   */
  static Optional<IdxFiles> in(FileTree tree) throws DataException {
    NavigableSet<String> folders = new TreeSet<>();
    for (FileEntry file : tree.entries()) {
      if (FileRole.named(file.fileName()).isPresent() && IdxReader.isIdx(file)) {
        folders.add(folder(file));
      }
    }
    if (folders.isEmpty()) {
      return Optional.empty();
    }
    if (folders.size() > 1) {
      throw new DataException(
          "%s: expected one data set of IDX files, found some in %s and in %s; put one into a folder"
                  .formatted(tree.origin(), folders.first(), folders.last())
              + " of its own");
    }
    NavigableMap<String, FileEntry> files = new TreeMap<>();
    for (FileEntry file : tree.entries()) {
      if (folder(file).equals(folders.first())) {
        files.put(file.fileName(), file);
      }
    }
    return Optional.of(new IdxFiles(tree.origin(), DatasetName.of(tree.origin()), files));
  }

  private static String folder(FileEntry file) {
    String path = file.name();
    String own = "/" + file.fileName() + "/" + file.fileName();
    int length = ("/" + path).endsWith(own) ? own.length() : file.fileName().length() + 1;
    return path.substring(0, Math.max(0, path.length() - length));
  }

  /** Those that hold a data set's images, by their names. */
  List<FileEntry> imageFiles() {
    return byName.values().stream()
        .filter(
            file ->
                FileRole.named(file.fileName())
                    .filter(named -> named.role().kind == IdxKind.IMAGES)
                    .isPresent())
        .toList();
  }

  /** The file itself, or the one of its name in a folder of its name, as Kaggle's archives have. */
  static Path file(Path path) {
    Path inner = path.resolve(path.getFileName());
    return Files.isRegularFile(inner) ? inner : path;
  }
}
