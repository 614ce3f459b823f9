package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.errors.MissingDataException;
import io.mnist4j.files.FileProblem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;

/** The files of a folder and of the folders below it; links are followed. */
public final class FolderTree extends FileTree {
  /** Deeper than pictures by part and class lie in any archive that was unpacked. */
  private static final int MAX_DEPTH = 12;

  private final Path folder;

  private record FolderFile(Path folder, String name, long size, long changed)
      implements FileEntry {
    Path file() {
      return folder.resolve(name);
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file());
    }

    @Override
    public Optional<Path> path() {
      return Optional.of(file());
    }

    @Override
    public String toString() {
      return file().toString();
    }
  }

  /**
   * Lists the files.
   *
   * @throws MissingDataException if there is no such folder
   * @throws DataException if it cannot be read
   */
  public FolderTree(Path folder) throws DataException {
    super(folder);
    this.folder = folder;
    if (!Files.isDirectory(folder)) {
      throw new MissingDataException(folder + ": no such folder");
    }
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, visitor());
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(folder, FileProblem.reason(e)), e);
    }
    if (entries().size() > MAX_FILES) {
      throw new DataException(
          "%s: more than %,d files; name the folder of one data set".formatted(folder, MAX_FILES));
    }
    sort();
  }

  private SimpleFileVisitor<Path> visitor() {
    int prefix = folder.toString().length() + (folder.toString().endsWith(File.separator) ? 0 : 1);
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
        if (path.equals(folder)) {
          return FileVisitResult.CONTINUE;
        }
        if (FileNames.isHidden(path.getFileName().toString())) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        addFolder(name(path, prefix));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (FileNames.isHidden(file.getFileName().toString())) {
          countHidden();
        } else if (attributes.isRegularFile()) {
          add(
              new FolderFile(
                  folder,
                  name(file, prefix),
                  attributes.size(),
                  attributes.lastModifiedTime().toMillis()));
        }
        return entries().size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        // A link to a folder above it, whose files are all found without it, or to nothing.
        if (e instanceof FileSystemLoopException || Files.isSymbolicLink(file)) {
          return FileVisitResult.CONTINUE;
        }
        throw e;
      }
    };
  }

  /** Cut from the text, since relativize takes longer than the walk. */
  private static String name(Path path, int prefix) {
    return path.toString().substring(prefix).replace(File.separatorChar, '/');
  }

  @Override
  long version(FileEntry entry) {
    return ((FolderFile) entry).changed();
  }
}
