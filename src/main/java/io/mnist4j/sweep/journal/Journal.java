package io.mnist4j.sweep.journal;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.files.ProcessLock;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory of a sweep: a file of lines, each of which is on the disk before anything that follows
 * from it is done. A process that dies while it writes leaves a part of a line at the end, which
 * does not count. One process at a time writes: it holds the lock on {@code .lock} in the same
 * folder. The journal itself cannot bear the lock, since POSIX gives up a process's locks on a file
 * as soon as it closes any descriptor of it; and the lock file stays for ever, since a process may
 * have opened it that waits.
 */
public final class Journal implements AutoCloseable {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path file;
  private final FileChannel lock;
  private final FileChannel channel;
  private final TrialHistory history;

  Journal(Path file, FileChannel lock, FileChannel channel, TrialHistory history) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
    this.history = history;
  }

  /**
   * Opens a journal, perhaps a new one, to add to it.
   *
   * @param wait whether to wait until no other process has it open
   * @throws RunFolderException if it is damaged, or another process has it open
   */
  public static Journal open(Path file, SearchSpace space, boolean wait)
      throws IOException, RunFolderException {
    FileChannel lock =
        FileChannel.open(
            file.resolveSibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (!ProcessLock.tryLock(lock)) {
        if (!wait) {
          throw new RunFolderException(
              "another mnist4j works on this sweep: %s is locked".formatted(file));
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
      TrialHistory history = new TrialHistory();
      try (FileChannel whole =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        whole.truncate(read(file, space, history));
      }
      return new Journal(file, lock, FileChannel.open(file, StandardOpenOption.APPEND), history);
    } catch (IOException | RunFolderException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Reads a journal, which another process may be writing.
   *
   * @throws RunFolderException if there is none, or it is damaged
   */
  public static TrialHistory read(Path file, SearchSpace space) throws RunFolderException {
    TrialHistory history = new TrialHistory();
    try {
      read(file, space, history);
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
    return history;
  }

  /** Returns the position after the last complete line. */
  private static long read(Path file, SearchSpace space, TrialHistory history)
      throws IOException, RunFolderException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    int number = 0;
    for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      try {
        history.apply(JournalEntry.parse(line, space));
      } catch (IllegalArgumentException e) {
        throw new RunFolderException(
            "%s:%d: the line %s; put the file right, or begin a new sweep"
                .formatted(file, number, e.getMessage()),
            e);
      }
    }
    return end;
  }

  /** All that has happened, always up to date. */
  public TrialHistory trials() {
    return history;
  }

  /**
   * Adds a line and brings it to the disk.
   *
   * @throws FileSystemException if it cannot be written, such as on a full disk
   */
  public void append(JournalEntry entry) throws IOException {
    history.apply(entry);
    ByteBuffer line = StandardCharsets.UTF_8.encode(entry.toLine() + "\n");
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      throw (IOException)
          new FileSystemException(file.toString(), null, FileProblem.reason(e)).initCause(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      channel.close();
    }
  }
}
