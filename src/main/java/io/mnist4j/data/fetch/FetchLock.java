package io.mnist4j.data.fetch;

import io.mnist4j.files.ProcessLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process from fetching the same data set at the same time. The operating system
 * holds the lock, so that of a process that died is gone with it; the file stays, empty.
 */
final class FetchLock implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final FileChannel channel;

  private FetchLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @param folder exists
   * @throws IOException if the folder cannot be locked, or the deadline passed first
   */
  static FetchLock acquire(Path folder, Deadline deadline, FetchListener listener)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      boolean told = false;
      while (!ProcessLock.tryLock(channel)) {
        if (deadline.passed()) {
          throw new IOException("another process holds it; " + deadline.reason());
        }
        if (!told) {
          listener.waiting(folder);
          told = true;
        }
        Thread.sleep(POLL_MILLIS);
      }
      locked = true;
      return new FetchLock(channel);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
