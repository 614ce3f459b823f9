package io.mnist4j.sweep.journal;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.files.ProcessLock;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory of a sweep: lines, each of which is on the disk before anything that follows from it
 * is done (agents' epochs before their trial ends). Either one process has it for itself, or agents
 * on any number of machines share it. {@code .lock} in the same folder says which: a process that
 * has the journal for itself holds the lock on it, and agents take it for as long as they join. The
 * journal's own file cannot bear the lock, since POSIX gives up a process's locks on a file as soon
 * as it closes any descriptor of it; and the lock file stays for ever, since a process may have
 * opened it that waits.
 */
public sealed interface Journal extends AutoCloseable permits FileJournal, SharedJournal {
  /**
   * Opens a journal, perhaps a new one, to add to it.
   *
   * @param wait whether to wait until no other process has it for itself, and to share it with
   *     agents; without, it is opened for this process alone, which takes as long as it takes to
   *     see that agents that were killed do not live
   * @throws RunFolderException if it is damaged, or another process has it open
   */
  static Journal open(Path file, SearchSpace space, boolean wait)
      throws IOException, RunFolderException {
    return open(file, space, wait, Lease.DEFAULT);
  }

  /** As above, with agents that are given up after another time. */
  static Journal open(Path file, SearchSpace space, boolean wait, Lease lease)
      throws IOException, RunFolderException {
    FileChannel lock = lock(file, wait ? Duration.ofDays(1_000) : Duration.ZERO);
    JournalFiles files = new JournalFiles(file);
    boolean own = false;
    try {
      AgentWatch watch = new AgentWatch(files.agents(), lease);
      Set<String> agents = wait ? watch.mayLive() : watch.living();
      if (!agents.isEmpty() && !wait) {
        throw new RunFolderException(
            "agents work on this sweep: %s; wait until they are done, or end them"
                .formatted(String.join(", ", agents)));
      }
      own = agents.isEmpty();
      if (!own) {
        return SharedJournal.watch(files, space);
      }
      files.bringTogether();
      return FileJournal.open(files, lock, space);
    } catch (IOException | RunFolderException | RuntimeException e) {
      own = false;
      throw e;
    } finally {
      if (!own) {
        lock.close();
      }
    }
  }

  /**
   * Joins the agents that share a journal, as one of them.
   *
   * @throws RunFolderException if it is damaged, or another process has it for itself
   */
  static SharedJournal join(Path file, SearchSpace space, Lease lease)
      throws IOException, RunFolderException {
    JournalFiles files = new JournalFiles(file);
    Heartbeat heartbeat;
    try (FileChannel lock = lock(file, lease.expiry())) {
      files.share();
      heartbeat = Heartbeat.start(files.agents(), lease);
    }
    return SharedJournal.join(files, space, heartbeat, lease);
  }

  private static FileChannel lock(Path file, Duration patience)
      throws IOException, RunFolderException {
    FileChannel lock =
        FileChannel.open(
            file.resolveSibling(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      long start = System.nanoTime();
      while (!ProcessLock.tryLock(lock)) {
        if (System.nanoTime() - start >= patience.toNanos()) {
          throw new RunFolderException(
              "another mnist4j works on this sweep: %s is locked".formatted(file));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      return lock;
    } catch (IOException | RunFolderException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Reads a journal, which other processes may be writing.
   *
   * @throws RunFolderException if there is none, or it is damaged
   */
  static TrialHistory read(Path file, SearchSpace space) throws RunFolderException {
    try {
      return new JournalFiles(file).read(space);
    } catch (IOException e) {
      throw new RunFolderException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }

  /** All that this process knows to have happened. */
  TrialHistory trials();

  /**
   * Adds a line that was decided by all that {@link #trials()} has, and brings it to the disk.
   *
   * @return false if others have added lines by now: trials() has them, and it is to be decided
   *     again
   * @throws FileSystemException if it cannot be written, such as on a full disk
   */
  boolean tryAppend(JournalEntry entry) throws IOException;

  /**
   * Adds a line that is right whatever others add.
   *
   * @throws FileSystemException if it cannot be written, such as on a full disk
   */
  default void append(JournalEntry entry) throws IOException {
    while (!tryAppend(entry)) {
      Thread.onSpinWait();
    }
  }

  /** Seconds for which the sweep has been running, as far as this process knows. */
  default double elapsed() {
    return trials().elapsed();
  }

  /** The agent that writes here; empty where it is none. */
  default String agent() {
    return "";
  }

  /** Whether a trial runs no more, since its agent was killed or cut off from the folder. */
  default boolean isLost(Trial trial) {
    return false;
  }

  @Override
  void close() throws IOException;
}
