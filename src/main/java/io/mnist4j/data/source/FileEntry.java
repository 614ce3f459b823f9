package io.mnist4j.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A file of a {@link FileTree}: on disk, or in an archive. */
public interface FileEntry {
  /** Its place in the tree, with {@code /} between the parts, such as {@code train/5/00000.png}. */
  String name();

  /** The length of its content in bytes; -1 if the archive does not say. */
  long size();

  /** Reads it from its beginning; may be called several times. */
  InputStream open() throws IOException;

  /** Where it lies, if it is a file on disk. */
  Optional<Path> path();

  /** How messages name it: its path, or that of the archive with the entry's name. */
  @Override
  String toString();

  /** The last part of its name. */
  default String fileName() {
    return name().substring(name().lastIndexOf('/') + 1);
  }
}
