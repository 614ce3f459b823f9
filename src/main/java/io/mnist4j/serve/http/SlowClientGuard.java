package io.mnist4j.serve.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the head of a request takes longer than it may. Jetty's own time
 * limit begins anew with each byte, so that a client which sends one now and then would never go.
 */
public final class SlowClientGuard extends AbstractLifeCycle {
  private final ServerConnector connector;
  private final long limitSeconds;
  private Map<EndPoint, Progress> before = new HashMap<>();
  private volatile Scheduler.Task next;

  /**
   * What was seen of a connection.
   *
   * @param requests that had come in whole, but for their bodies
   * @param bytes that had come in by then
   * @param since when there are more bytes than that
   */
  private record Progress(long requests, long bytes, long since) {}

  public SlowClientGuard(ServerConnector connector, int limitSeconds) {
    this.connector = connector;
    this.limitSeconds = limitSeconds;
  }

  @Override
  protected void doStart() {
    schedule();
  }

  @Override
  protected void doStop() {
    next.cancel();
  }

  private void schedule() {
    next = connector.getScheduler().schedule(this::look, 1, TimeUnit.SECONDS);
  }

  private void look() {
    Map<EndPoint, Progress> now = new HashMap<>();
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      Connection connection = endPoint.getConnection();
      if (connection != null) {
        look(endPoint, connection, now);
      }
    }
    before = now;
    if (isRunning()) {
      schedule();
    }
  }

  private void look(EndPoint endPoint, Connection connection, Map<EndPoint, Progress> now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    Progress progress = before.get(endPoint);
    boolean idle =
        progress == null
            ? bytes == 0
            : requests != progress.requests() || bytes == progress.bytes();
    if (idle || requests != connection.getMessagesOut()) {
      now.put(endPoint, new Progress(requests, bytes, NanoTime.now()));
    } else if (progress == null) {
      // A new connection: it is in its first request, or has had some already.
      now.put(endPoint, new Progress(requests, requests == 0 ? 0 : bytes, NanoTime.now()));
    } else if (NanoTime.secondsSince(progress.since()) >= limitSeconds) {
      endPoint.close();
    } else {
      now.put(endPoint, progress);
    }
  }
}
