package io.mnist4j.sweep.journal;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  // Of a millisecond. To think of a trial takes milliseconds, in vain if another comes first.
  private static final int MOST_DOUBLINGS = 12;
  private static final int MOST_DOUBLINGS_OF_COLLISIONS = 6;

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

  /** Own lines that a power failure may take; those of epochs, whose trial is lost then, too. */
  private final List<Path> unsynced = new ArrayList<>();

  /** How often in a row another came first with its line. */
  private int collisions;

  /** Grows with the agents that want a trial at once, and stays while they do. */
  private int crowd;

  private SharedJournal(
      JournalFiles files, SearchSpace space, Optional<Heartbeat> heartbeat, Lease lease)
      throws IOException, RunFolderException {
    this.files = files;
    this.folder = files.shared();
    this.space = space;
    this.heartbeat = heartbeat;
    this.watch = new AgentWatch(files.agents(), lease);
    JournalFiles.WholeLines whole = files.lines();
    files.apply(whole.lines(), 0, space, history);
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
    List<String> written = JournalFiles.linesAfter(folder, lines);
    files.apply(written, lines, space, history);
    lines += written.size();
    return !written.isEmpty();
  }

  @Override
  public TrialHistory trials() {
    return history;
  }

  @Override
  public boolean tryAppend(JournalEntry entry) throws IOException {
    try {
      int turns = history.turns();
      if (readOn()) {
        if (entry instanceof JournalEntry.Started && history.turns() > turns) {
          crowd = Math.min(crowd + 1, MOST_DOUBLINGS);
          backOff(crowd);
          readOn();
        }
        return false;
      }
      history.check(entry);
      Path file = folder.resolve(String.valueOf(lines + 1));
      if (AtomicFile.createNew(file, entry.toLine())) {
        unsynced.add(file);
        if (!(entry instanceof JournalEntry.Progressed)) {
          sync();
        }
        history.apply(entry);
        lines++;
        collisions = 0;
        if (entry instanceof JournalEntry.Started) {
          crowd = Math.max(0, crowd - 1);
        }
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

  private void sync() throws IOException {
    for (Path file : unsynced) {
      AtomicFile.sync(file);
    }
    unsynced.clear();
  }

  /** A network file system may not show yet what it has refused to make. */
  private void waitFor(Path file) {
    collisions = Math.min(collisions + 1, MOST_DOUBLINGS_OF_COLLISIONS);
    do {
      backOff(collisions);
    } while (!Files.exists(file) && Files.isDirectory(folder));
  }

  /** Many who fail at once would fail at once again. */
  private static void backOff(int doublings) {
    LockSupport.parkNanos(
        TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextInt(1_000 << doublings)));
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
