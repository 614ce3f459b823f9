package io.mnist4j.sweep.journal;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A journal that agents share. Each line is made by a decision that knows all lines before it: who
 * comes second reads what came first and decides anew. So no agent holds a lock, and one that dies
 * at any moment has written a whole line or none. To be used by one thread.
 */
public final class SharedJournal implements Journal {
  private static final int MOST_BACKOFF_MILLIS = 64;

  private final JournalFiles files;
  private final Path folder;
  private final SearchSpace space;
  private final Optional<Heartbeat> heartbeat;
  private final AgentWatch watch;
  private final TrialHistory history = new TrialHistory();
  private final double secondsBefore;
  private final long startNanos = System.nanoTime();

  /** Lines that are in the history. */
  private int lines;

  private int conflicts;

  private SharedJournal(
      JournalFiles files, SearchSpace space, Optional<Heartbeat> heartbeat, Lease lease)
      throws IOException, RunFolderException {
    this.files = files;
    this.folder = files.shared();
    this.space = space;
    this.heartbeat = heartbeat;
    this.watch = new AgentWatch(files.agents(), lease);
    JournalFiles.WholeLines whole = files.lines();
    files.apply(whole.lines(), space, history);
    lines = whole.lines().size();
    readOn();
    secondsBefore = history.elapsed();
  }

  static SharedJournal join(JournalFiles files, SearchSpace space, Heartbeat heartbeat, Lease lease)
      throws IOException, RunFolderException {
    try {
      return new SharedJournal(files, space, Optional.of(heartbeat), lease);
    } catch (IOException | RunFolderException | RuntimeException e) {
      heartbeat.close();
      throw e;
    }
  }

  /** Without being an agent: trials that are begun here are never taken for lost. */
  static SharedJournal watch(JournalFiles files, SearchSpace space)
      throws IOException, RunFolderException {
    return new SharedJournal(files, space, Optional.empty(), Lease.DEFAULT);
  }

  /** Takes notice of what others have written; returns whether they have. */
  public boolean readOn() throws IOException, RunFolderException {
    int before = lines;
    for (Optional<String> next = JournalFiles.line(folder, lines + 1);
        next.isPresent();
        next = JournalFiles.line(folder, lines + 1)) {
      lines++;
      files.apply(next.get(), lines, space, history);
    }
    return lines > before;
  }

  @Override
  public TrialHistory trials() {
    return history;
  }

  @Override
  public boolean tryAppend(JournalEntry entry) throws IOException {
    try {
      if (readOn()) {
        return false;
      }
      history.check(entry);
      Path file = folder.resolve(String.valueOf(lines + 1));
      if (AtomicFile.createNew(file, entry.toLine())) {
        history.apply(entry);
        lines++;
        conflicts = 0;
        return true;
      }
      waitFor(file);
      readOn();
      return false;
    } catch (RunFolderException e) {
      throw new IOException(e.getMessage(), e);
    } catch (FileSystemException e) {
      if (Files.isDirectory(folder)) {
        throw e;
      }
      throw new FileSystemException(
          files.file().toString(),
          null,
          "another process has taken the sweep over from its agents");
    }
  }

  /** A network file system may not show yet what it has refused to make. */
  private void waitFor(Path file) {
    conflicts = Math.min(conflicts + 1, 16);
    do {
      // Many who fail at once would fail at once again.
      int most = Math.min(MOST_BACKOFF_MILLIS, 1 << conflicts);
      LockSupport.parkNanos(
          TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextInt(1_000 * most)));
    } while (!Files.exists(file) && Files.isDirectory(folder));
  }

  @Override
  public double elapsed() {
    double here = heartbeat.isPresent() ? (System.nanoTime() - startNanos) / 1e9 : 0;
    return Math.max(history.elapsed(), secondsBefore + here);
  }

  @Override
  public String agent() {
    return heartbeat.map(Heartbeat::agent).orElse("");
  }

  @Override
  public boolean isLost(Trial trial) {
    if (trial.agent().isEmpty() || trial.agent().equals(agent())) {
      return false;
    }
    if (heartbeat.isEmpty() || !heartbeat.get().isPunctual()) {
      watch.forget();
      return false;
    }
    try {
      return watch.isDead(trial.agent());
    } catch (IOException e) {
      return false; // What cannot be read says nothing.
    }
  }

  /** Ends as a process that is killed does: for tests. */
  public void die() {
    heartbeat.ifPresent(Heartbeat::die);
  }

  @Override
  public void close() throws IOException {
    if (heartbeat.isPresent()) {
      heartbeat.get().close();
    }
  }
}
