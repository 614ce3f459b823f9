package io.mnist4j.data.pictures;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which picture files an argument names: a file, a folder, or a pattern with {@code *}. */
public final class PictureFiles {
  private static final String WILDCARDS = "[*?\\[{].*";

  private PictureFiles() {}

  /**
   * The files, sorted by name: the file itself, whatever it is; the pictures that lie in the
   * folder, but not in folders below it; all files that match the pattern, in which {@code **}
   * stands for folders of any depth.
   *
   * @throws DataException if there is nothing of that name
   */
  public static List<Path> of(String argument) throws DataException {
    try {
      // A file may have a name that looks like a pattern.
      if (argument.matches(".*" + WILDCARDS) && !new File(argument).exists()) {
        return matching(argument);
      }
      Path path = Path.of(argument);
      return Files.isDirectory(path) ? inFolder(path) : List.of(path);
    } catch (InvalidPathException | PatternSyntaxException e) {
      throw new DataException("%s: neither a file nor a pattern".formatted(argument), e);
    } catch (IOException e) {
      throw new DataException("%s: %s".formatted(argument, FileProblem.reason(e)), e);
    }
  }

  private static List<Path> inFolder(Path folder) throws IOException, DataException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> pictures =
          entries
              .filter(ImageFormat::isNamedReadable)
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (pictures.isEmpty()) {
        throw new DataException(
            "%s: no %s file in this folder; folders below it are named as '%s'"
                .formatted(folder, ImageFormat.readable("or"), folder.resolve("**.png")));
      }
      return pictures;
    }
  }

  /**
   * Whether a file's name, without its folder, is that of a picture, and not hidden. Some kinds of
   * pictures cannot be read, which is said when it is tried.
   */
  public static boolean isPictureName(String file) {
    return ImageFormat.isNamed(file);
  }

  /** Whether a content begins as that of a picture that is read. */
  public static boolean isPicture(byte[] content) {
    return ImageFormat.isReadable(content);
  }

  private static List<Path> matching(String pattern) throws IOException, DataException {
    String slashes = pattern.replace(File.separatorChar, '/');
    String fixed = slashes.replaceFirst(WILDCARDS, "");
    Path base = Path.of(fixed.substring(0, fixed.lastIndexOf('/') + 1));
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + slashes);
    int depth = slashes.contains("**") ? Integer.MAX_VALUE : slashes.split("/", -1).length;
    Path start = base.toString().isEmpty() ? Path.of(".") : base;
    if (!Files.isDirectory(start)) {
      throw new DataException("%s: no file matches".formatted(pattern));
    }
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        start,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path name = base.toString().isEmpty() ? start.relativize(file) : file;
            if (attributes.isRegularFile() && matcher.matches(name)) {
              files.add(name);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A link to a folder above it, whose files are all found without it.
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    if (files.isEmpty()) {
      throw new DataException("%s: no file matches".formatted(pattern));
    }
    files.sort(null);
    return files;
  }
}
