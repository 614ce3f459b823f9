package io.mnist4j.serve.http;

import org.eclipse.jetty.server.handler.DoSHandler;
import org.eclipse.jetty.util.NanoTime;

/**
 * How many requests one client may make: a token bucket that holds those of a second, and that
 * refused requests take nothing from. Jetty's own bucket lets one fewer through, and none of a
 * client that asks again each second.
 */
public final class RequestRate implements DoSHandler.Tracker {
  private static final double SECOND_NANOS = 1e9;

  private final int perSecond;
  private double tokens;
  private long last = NanoTime.now();

  /**
   * @param perSecond requests, at least 1; as many may come at once
   */
  public RequestRate(int perSecond) {
    this.perSecond = perSecond;
    tokens = perSecond;
  }

  @Override
  public synchronized boolean onRequest(long now) {
    double fresh = Math.max(0, NanoTime.elapsed(last, now)) / SECOND_NANOS * perSecond;
    tokens = Math.min(perSecond, tokens + fresh);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** By then the bucket is full, as a new one is. */
  @Override
  public synchronized long getExpireNanoTime() {
    return last + (long) SECOND_NANOS;
  }
}
