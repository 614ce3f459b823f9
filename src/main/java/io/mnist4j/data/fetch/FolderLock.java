package io.mnist4j.data.fetch;

import io.mnist4j.files.FileProblem;
import io.mnist4j.files.ProcessLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Keeps a second process from fetching into the same folder at the same time. The operating system
 * holds the lock, so that of a process that died is gone with it. When it is given up, its file
 * goes, and so do the folders that it made if they are empty.
 *
 * @param absent the uppermost of the folders that were not there; null if all were
 */
record FolderLock(Path folder, FileChannel channel, Path absent) implements AutoCloseable {
  private static final String NAME = ".lock";
  private static final long POLL_MILLIS = 100;

  /**
   * Takes the lock, and makes the folder.
   *
   * @throws IOException if the folder cannot be locked, or the deadline passed first
   */
  static FolderLock take(Path folder, Fetcher.Deadline deadline, FetchListener listener)
      throws IOException, InterruptedException {
    Path absent = null;
    for (Path above = folder; above != null && Files.notExists(above); above = above.getParent()) {
      absent = above;
    }
    for (boolean told = false; ; Thread.sleep(POLL_MILLIS)) {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      FileChannel channel = openToWrite(folder.resolve(NAME));
      // One channel until its file is another: to close one would free the locks of other threads.
      for (String file = key(folder); file.equals(key(folder)); Thread.sleep(POLL_MILLIS)) {
        if (ProcessLock.tryLock(channel) && file.equals(key(folder))) {
          return new FolderLock(folder, channel, absent);
        }
        if (!told) {
          listener.waiting(folder);
          told = true;
        }
        if (deadline.hasPassed()) {
          channel.close();
          throw new IOException("another process holds it; " + deadline.reason());
        }
      }
      channel.close();
    }
  }

  /** Opens a file for writing, which is made if it is not there; a pipe would wait for a reader. */
  static FileChannel openToWrite(Path file) throws IOException {
    if (FileProblem.isNoFile(file)) {
      throw new IOException(file.getFileName() + " is no file");
    }
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Tells one lock file from the next; empty if there is none. */
  private static String key(Path folder) throws IOException {
    try {
      return "key "
          + Files.readAttributes(folder.resolve(NAME), BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(folder.resolve(NAME));
      for (Path made = folder; absent != null && made.startsWith(absent); made = made.getParent()) {
        Files.deleteIfExists(made);
      }
    } catch (DirectoryNotEmptyException e) {
      // It holds what was fetched.
    } catch (FileSystemException e) {
      // Windows does not remove what is open; the file does no harm.
    }
  }
}
