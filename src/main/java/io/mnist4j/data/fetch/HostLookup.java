package io.mnist4j.data.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up the names of all mirrors at once. Without a network each look-up may take the system's
 * resolver ten seconds and more, and no timeout of the HTTP client covers that.
 */
final class HostLookup {
  private final Map<String, FutureTask<Boolean>> lookups = new HashMap<>();
  private final long giveUpNanos;

  HostLookup(Iterable<String> hosts, Duration timeout) {
    giveUpNanos = System.nanoTime() + timeout.toNanos();
    for (String host : hosts) {
      lookups.computeIfAbsent(host, HostLookup::start);
    }
  }

  private static FutureTask<Boolean> start(String host) {
    FutureTask<Boolean> task = new FutureTask<>(() -> exists(host));
    Thread thread = new Thread(task, "look up " + host);
    // A look-up cannot be interrupted: it must not keep the process alive.
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static boolean exists(String host) {
    try {
      return InetAddress.getAllByName(host).length > 0;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether a host has an address, as far as that is known in time; true for one not asked for. */
  boolean knows(String host) throws InterruptedException {
    FutureTask<Boolean> lookup = lookups.get(host);
    if (lookup == null) {
      return true;
    }
    try {
      return lookup.get(Math.max(0, giveUpNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
