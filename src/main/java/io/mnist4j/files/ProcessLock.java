package io.mnist4j.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/**
 * A lock on a file, against other processes and against other threads of this one. The operating
 * system holds it until the channel is closed, so that the lock of a process that died is gone with
 * it.
 */
public final class ProcessLock {
  private ProcessLock() {}

  /** Takes the lock, if it is free. */
  public static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // A thread of this process holds it.
    }
  }
}
