package io.mnist4j.sweep.journal;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The memory of a sweep: a file that lines are added to, each on the disk before anything is done
 * that follows from it. A process that dies while it writes leaves a part of a line at the end,
 * which counts as never written. One process at a time writes.
 */
public final class Journal implements AutoCloseable {
  private final FileChannel channel;
  private final JournalFormat format;
  private final TrialHistory history;

  private Journal(FileChannel channel, JournalFormat format, TrialHistory history) {
    this.channel = channel;
    this.format = format;
    this.history = history;
  }

  /**
   * Opens a journal, perhaps a new one, to add to it.
   *
   * @param wait whether to wait for another process that works on it
   * @throws RunFolderException if it is damaged, or another process works on it
   */
  public static Journal open(Path file, SearchSpace space, boolean wait)
      throws IOException, RunFolderException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(channel, wait) == null) {
        throw new RunFolderException(
            "another mnist4j works on this sweep: %s is locked".formatted(file));
      }
      JournalFormat format = new JournalFormat(space);
      TrialHistory history = new TrialHistory();
      long end = read(file, format, history);
      channel.truncate(end);
      channel.position(end);
      return new Journal(channel, format, history);
    } catch (IOException | RunFolderException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock lock(FileChannel channel, boolean wait) throws IOException {
    try {
      return wait ? channel.lock() : channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * What a journal says, whoever writes it now.
   *
   * @throws RunFolderException if there is none, or it is damaged
   */
  public static TrialHistory read(Path file, SearchSpace space) throws RunFolderException {
    TrialHistory history = new TrialHistory();
    try {
      read(file, new JournalFormat(space), history);
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
    return history;
  }

  /** Returns the place behind the last whole line. */
  private static long read(Path file, JournalFormat format, TrialHistory history)
      throws IOException, RunFolderException {
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    for (int number = 1; ; number++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (end == bytes.length) {
        return start;
      }
      String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      try {
        history.apply(format.read(line));
      } catch (IllegalArgumentException e) {
        throw new RunFolderException(
            "%s:%d: the line %s; put the file right, or begin a new sweep"
                .formatted(file, number, e.getMessage()),
            e);
      }
      start = end + 1;
    }
  }

  /** All that has happened, kept up to date. */
  public TrialHistory trials() {
    return history;
  }

  /** Adds a line and brings it to the disk. */
  public void append(JournalEntry entry) throws IOException {
    history.apply(entry);
    ByteBuffer line =
        ByteBuffer.wrap((format.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
