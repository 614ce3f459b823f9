package io.mnist4j.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files below one place: a folder, or an archive that is read where it lies. What systems leave
 * behind is not among them: hidden files and folders, {@code __MACOSX}, {@code Thumbs.db}.
 */
public abstract sealed class FileTree implements Closeable permits FolderTree, ZipTree, TarTree {
  /** The most files that one may have. */
  static final int MAX_FILES = 4_000_000;

  private final Path origin;
  private final List<FileEntry> entries = new ArrayList<>();
  private final Set<String> folders = new TreeSet<>();
  private int hidden;

  FileTree(Path origin) {
    this.origin = origin;
  }

  /** The folder or the archive. */
  public final Path origin() {
    return origin;
  }

  /** All files in the order of their names. */
  public final List<FileEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** The names of the folders, such as {@code train/5}, in their order; not the origin itself. */
  public final List<String> folders() {
    return List.copyOf(folders);
  }

  /** How many hidden files were left out. */
  public final int hiddenFiles() {
    return hidden;
  }

  /**
   * Hexadecimal digits that change when a file is added, removed or written anew: by names, lengths
   * and times of change in a folder, by names and check sums in an archive.
   */
  public final String fingerprint() {
    Fingerprint digest = new Fingerprint();
    for (FileEntry entry : entries) {
      digest.add(entry.name(), entry.size(), version(entry));
    }
    folders.forEach(name -> digest.add(name, -1, -1));
    return digest.hex();
  }

  /** A number that changes with the content of one of the files. */
  abstract long version(FileEntry entry);

  /** Adds a file. */
  final void add(FileEntry entry) {
    entries.add(entry);
  }

  /** Adds a folder. */
  final void addFolder(String name) {
    folders.add(name);
  }

  /** Adds all folders that a file lies in: not every archive has entries for folders. */
  final void addFoldersAround(String file) {
    for (int slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
      folders.add(file.substring(0, slash));
    }
  }

  /** Counts a hidden file, which is left out. */
  final void countHidden() {
    hidden++;
  }

  /** To be called when all files are added. */
  final void sort() {
    entries.sort(Comparator.comparing(FileEntry::name));
  }

  @Override
  public void close() throws IOException {
    // Only some have something open.
  }
}
