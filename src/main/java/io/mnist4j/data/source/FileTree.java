package io.mnist4j.data.source;

import java.io.Closeable;
import java.util.List;

/** Files below one place: a folder, or an archive that is read where it lies. */
public interface FileTree extends Closeable {
  /** All files in the order of their names; hidden ones are left out. */
  List<FileEntry> entries();
}
