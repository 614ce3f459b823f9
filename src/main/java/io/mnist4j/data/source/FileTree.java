package io.mnist4j.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files below one place: a folder, or an archive that is read where it lies. What systems leave
 * behind is not among them: hidden files and folders, {@code __MACOSX}, {@code Thumbs.db}.
 */
public interface FileTree extends Closeable {
  /** The most files that one may have. */
  int MAX_FILES = 4_000_000;

  /** The folder or the archive. */
  Path origin();

  /** All files in the order of their names. */
  List<FileEntry> entries();

  /** The names of the folders, such as {@code train/5}, in their order; not the origin itself. */
  List<String> folders();

  /** How many hidden files were left out. */
  int hiddenFiles();

  /**
   * Hexadecimal digits that change when a file is added, removed or written anew: by names, lengths
   * and times of change in a folder, by names and check sums in an archive.
   */
  String fingerprint();

  @Override
  void close() throws IOException;
}
