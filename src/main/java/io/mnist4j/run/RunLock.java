package io.mnist4j.run;

import io.mnist4j.files.ProcessLock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process from training a run that one trains already: each would read half of what
 * the other writes. The operating system holds the lock, so that of a process that died is gone
 * with it, whether its file is there or not.
 */
public final class RunLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param run whose folder exists
   * @throws FileSystemException if another process has it
   * @throws IOException if the folder cannot be written
   */
  public static RunLock take(RunFolder run) throws IOException {
    Path file = run.path().resolve(".lock");
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!ProcessLock.tryLock(channel)) {
        channel.close();
        throw new FileSystemException(
            run.path().toString(), null, "another mnist4j is training this run");
      }
      // The process that had the lock may have removed the file after it was opened here.
      if (Files.exists(file)) {
        return new RunLock(file, channel);
      }
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } catch (FileSystemException e) {
      // Windows does not remove what is open; the file does no harm.
    }
    channel.close();
  }
}
