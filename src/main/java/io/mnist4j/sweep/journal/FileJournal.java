package io.mnist4j.sweep.journal;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A journal that this process has for itself: it holds the lock. A process that dies while it
 * writes leaves a part of a line at the end, which does not count.
 */
final class FileJournal implements Journal {
  private final Path file;
  private final FileChannel lock;
  private final FileChannel channel;
  private final TrialHistory history;

  FileJournal(Path file, FileChannel lock, FileChannel channel, TrialHistory history) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
    this.history = history;
  }

  static FileJournal open(JournalFiles files, FileChannel lock, SearchSpace space)
      throws IOException, RunFolderException {
    TrialHistory history = new TrialHistory();
    try (FileChannel whole =
        FileChannel.open(files.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      JournalFiles.WholeLines lines = files.lines();
      files.apply(lines.lines(), 0, space, history);
      whole.truncate(lines.bytes());
    }
    return new FileJournal(
        files.file(), lock, FileChannel.open(files.file(), StandardOpenOption.APPEND), history);
  }

  @Override
  public TrialHistory trials() {
    return history;
  }

  @Override
  public boolean tryAppend(JournalEntry entry) throws IOException {
    history.apply(entry);
    try {
      JournalFiles.write(channel, entry.toLine() + "\n");
      channel.force(false);
    } catch (IOException e) {
      throw (IOException)
          new FileSystemException(file.toString(), null, FileProblem.reason(e)).initCause(e);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      channel.close();
    }
  }
}
