package io.mnist4j.sweep.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees which agents live. One is dead whose sign of life is gone, or has not changed for as long as
 * a lease lasts by the watcher's own clock, or whose process is not among those of this machine.
 */
final class AgentWatch {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Signs are not read more often than that, however many agents begin trials. */
  private static final long MOST_FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What was seen last of an agent, when, and since when it has been that. */
  private record Seen(String sign, long seenNanos, long sinceNanos) {}

  private final Path folder;
  private final Lease lease;
  private final long freshNanos;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * @param folder of the agents; where there is none, there are no agents
   */
  AgentWatch(Path folder, Lease lease) {
    this.folder = folder;
    this.lease = lease;
    this.freshNanos = Math.min(MOST_FRESH_NANOS, lease.beat().toNanos() / 10);
  }

  /** Whether an agent is known to be dead. */
  boolean isDead(String agent) throws IOException {
    long now = System.nanoTime();
    Seen before = seen.get(agent);
    if (before != null && now - before.seenNanos() < freshNanos) {
      return before.seenNanos() - before.sinceNanos() > lease.expiry().toNanos();
    }
    Optional<String> sign = sign(agent);
    if (sign.isEmpty() || hasNoProcess(sign.get())) {
      return true;
    }
    boolean same = before != null && before.sign().equals(sign.get());
    long since = same ? before.sinceNanos() : now;
    seen.put(agent, new Seen(sign.get(), now, since));
    return now - since > lease.expiry().toNanos();
  }

  /** Begins to watch anew: what was seen before means nothing. */
  void forget() {
    seen.clear();
  }

  /** The agents that are not known to be dead. */
  Set<String> mayLive() throws IOException {
    Set<String> agents = new TreeSet<>();
    String ending = Heartbeat.ENDING;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + ending)) {
      for (Path file : all) {
        String name = file.getFileName().toString();
        String agent = name.substring(0, name.length() - ending.length());
        if (!isDead(agent)) {
          agents.add(agent);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return agents;
    }
    return agents;
  }

  /** The agents that live, as soon as one has given a sign, or all have had the time for it. */
  Set<String> living() throws IOException {
    Set<String> agents = mayLive();
    Map<String, Seen> first = Map.copyOf(seen);
    while (!agents.isEmpty() && agents.stream().allMatch(each -> same(first, each))) {
      LockSupport.parkNanos(POLL_NANOS);
      agents = mayLive();
    }
    return agents;
  }

  private boolean same(Map<String, Seen> first, String agent) {
    return first.containsKey(agent) && first.get(agent).sign().equals(seen.get(agent).sign());
  }

  private Optional<String> sign(String agent) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(agent + Heartbeat.ENDING)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static boolean hasNoProcess(String sign) {
    String[] words = sign.strip().split(" ", -1);
    if (words.length != 3
        || !words[2].equals(ProcessPlace.HERE)
        || !words[1].matches("[0-9]{1,18}")) {
      return false;
    }
    long process = Long.parseLong(words[1]);
    return process != ProcessHandle.current().pid()
        && ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
  }
}
