package io.mnist4j.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Writes files so that a reader sees the old content or the new one, never a part. */
public final class AtomicFile {

  /** Writes the content to the file that it is given. */
  @FunctionalInterface
  public interface ContentWriter {
    void writeTo(Path temporary) throws IOException;
  }

  /** Not one for each file: threads wait for each other where they draw it. */
  private static final UUID PROCESS = UUID.randomUUID();

  private static final AtomicLong TEMPORARY_FILES = new AtomicLong();

  private AtomicFile() {}

  /**
   * Lets the writer fill a temporary file beside the target, brings it to the disk and renames it.
   * If anything fails, the target is as it was and the temporary file is gone.
   */
  public static void write(Path target, ContentWriter writer) throws IOException {
    Path temporary = temporary(target);
    try {
      writer.writeTo(temporary);
      install(temporary, target);
    } catch (IOException e) {
      throw about(target, e);
    } finally {
      deleteIfThere(temporary);
    }
  }

  // Not Files.createTempFile: only the owner can read such a file.
  private static Path temporary(Path target) {
    String name = prefix(target) + PROCESS + "-" + TEMPORARY_FILES.getAndIncrement() + ".tmp";
    return target.toAbsolutePath().resolveSibling(name);
  }

  /**
   * Tells whose a temporary file is; short, since the target's name may be as long as names can be.
   */
  private static String prefix(Path target) {
    return ".%08x.".formatted(target.getFileName().toString().hashCode());
  }

  /** A full disk is reported without the file's name, anything else with the temporary one. */
  private static IOException about(Path target, IOException e) {
    // What is missing can only be the folder.
    String reason =
        e instanceof NoSuchFileException ? "there is no such folder" : FileProblem.reason(e);
    return (IOException) new FileSystemException(target.toString(), null, reason).initCause(e);
  }

  /**
   * Makes a folder that is there with its first files, or not at all.
   *
   * @param content fills the folder that it is given
   * @throws FileAlreadyExistsException if there is something of that name
   */
  public static void createFolder(Path target, ContentWriter content) throws IOException {
    // A rename would replace an empty folder.
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path temporary = temporary(target);
    try {
      Files.createDirectory(temporary);
      content.writeTo(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteFolder(temporary);
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      throw about(target, e);
    }
  }

  private static void deleteFolder(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(AtomicFile::deleteIfThere);
    } catch (IOException e) {
      // As below.
    }
    deleteIfThere(folder);
  }

  /** Removes what writers of a folder's files left that were killed. */
  public static void deleteLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      files.forEach(AtomicFile::deleteIfThere);
    }
  }

  /**
   * As {@link #deleteLeftovers(Path)}, for a folder in which other processes may be writing other
   * files.
   */
  public static void deleteLeftoversOf(Path... targets) throws IOException {
    for (Path target : targets) {
      String pattern = prefix(target) + "*.tmp";
      try (DirectoryStream<Path> files = Files.newDirectoryStream(target.getParent(), pattern)) {
        files.forEach(AtomicFile::deleteIfThere);
      }
    }
  }

  private static void deleteIfThere(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // What went wrong before says more; a name that ends in .tmp is all that stays.
    }
  }

  /** As {@link #write(Path, Writer)}, for text in UTF-8. */
  public static void write(Path target, String text) throws IOException {
    write(target, temporary -> Files.writeString(temporary, text, StandardCharsets.UTF_8));
  }

  /**
   * Makes a file that is there with its whole text or not at all; of several processes and hosts
   * that make a file of one name, one succeeds. The name is given by a link, which network file
   * systems make at once, too, where they copy over what a rename finds. It is on the disk after
   * {@link #sync}; where the power fails before, an empty file may be left.
   *
   * @return whether this call made it; if not, there is one
   * @throws FileSystemException if it cannot be written, such as where there are no hard links
   */
  public static boolean createNew(Path target, String text) throws IOException {
    Path temporary = temporary(target);
    try {
      // A network file system has it when it is closed.
      Files.writeString(temporary, text, StandardOpenOption.CREATE_NEW);
      Files.createLink(target, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      // A network file system that lost the answer has asked again, and met its own link.
      return hasTwoNames(temporary);
    } catch (UnsupportedOperationException e) {
      throw new FileSystemException(
          target.toString(), null, "the file system has no hard links, which this needs");
    } catch (IOException e) {
      throw about(target, e);
    } finally {
      deleteIfThere(temporary);
    }
  }

  private static boolean hasTwoNames(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        && Integer.valueOf(2).equals(Files.getAttribute(file, "unix:nlink"));
  }

  /** Brings a file to the disk. */
  public static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Brings a complete file to the disk and renames it to the target of the same folder. */
  public static void install(Path complete, Path target) throws IOException {
    sync(complete);
    Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
