package io.mnist4j.sweep.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * An agent's signs of life: a small file that counts up for as long as the process runs, and is
 * deleted by one that ends by itself. It is written in place and closed, and opened anew by each
 * reader: this is when network file systems promise to show what was written. Nobody compares
 * clocks or times of files.
 */
final class Heartbeat implements AutoCloseable {
  static final String ENDING = ".alive";

  private final Path file;
  private final String agent;
  private final Lease lease;
  private final Thread thread;
  private volatile long lastNanos;

  private Heartbeat(Path folder, String agent, Lease lease) {
    this.file = folder.resolve(agent + ENDING);
    this.agent = agent;
    this.lease = lease;
    thread = new Thread(this::beat, "heartbeat " + agent);
    thread.setDaemon(true);
  }

  static Heartbeat start(Path folder, Lease lease) throws IOException {
    String agent =
        "%s-%d-%s"
            .formatted(
                host(),
                ProcessHandle.current().pid(),
                UUID.randomUUID().toString().substring(0, 8));
    Heartbeat heartbeat = new Heartbeat(folder, agent, lease);
    heartbeat.write(0, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    heartbeat.thread.start();
    return heartbeat;
  }

  private static String host() {
    try {
      String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9].*", "");
      return name.isEmpty() ? "host" : name.toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "host";
    }
  }

  private void beat() {
    for (long count = 1; sleep(); count++) {
      try {
        write(count, StandardOpenOption.WRITE);
      } catch (IOException e) {
        // Others take the agent for dead if this lasts, and its next line is refused.
      }
    }
  }

  /** Returns whether the agent lives on. */
  private boolean sleep() {
    try {
      Thread.sleep(lease.beat().toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void write(long count, StandardOpenOption... options) throws IOException {
    String text =
        "%012d %d %s%n".formatted(count, ProcessHandle.current().pid(), ProcessPlace.HERE);
    try (FileChannel channel = FileChannel.open(file, options)) {
      JournalFiles.write(channel, text);
      channel.force(false);
    }
    lastNanos = System.nanoTime();
  }

  /** Names it among all agents. */
  String agent() {
    return agent;
  }

  /**
   * Whether this agent reaches the folder itself: one that was cut off from it has seen no sign of
   * others, and says nothing about them.
   */
  boolean isPunctual() {
    return System.nanoTime() - lastNanos < lease.expiry().toNanos() / 2;
  }

  /** Ends as a process that is killed does. */
  void die() {
    thread.interrupt();
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    Files.deleteIfExists(file);
  }
}
