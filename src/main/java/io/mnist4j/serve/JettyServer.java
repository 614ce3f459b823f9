package io.mnist4j.serve;

import com.sun.management.UnixOperatingSystemMXBean;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.serve.http.HostOriginFilter;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.serve.http.ProblemErrorHandler;
import io.mnist4j.serve.http.RequestRate;
import io.mnist4j.serve.http.Responses;
import io.mnist4j.serve.http.SlowClientGuard;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.util.Collection;
import java.util.Map;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.DoSHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty with the limits of the settings. A request passes Jetty's parser, the watch over a graceful
 * stop, the check of host and origin ({@link HostOriginFilter}) and the limit of the rate.
 */
final class JettyServer implements AutoCloseable {
  /** In which requests that are under way may end when the server stops. */
  private static final long GRACE_MILLIS = 10_000;

  private static final long KEEP_ALIVE_MILLIS = 30_000;

  /** How long keep-alive lasts while connections are scarce. */
  private static final long KEEP_ALIVE_WHEN_FULL_MILLIS = 1_000;

  /** In which the head of a request has to come in whole. */
  private static final int HEAD_SECONDS = 10;

  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 4_096;

  /** Files that the JVM has open besides connections, and some more. */
  private static final int OTHER_FILES = 256;

  /** Of the heap, for a connection with a request of a usual size: twice what was measured. */
  private static final int CONNECTION_BYTES = 50_000;

  private final ServeSettings settings;
  private final Server server;
  private final ServerConnector connector;

  JettyServer(ServeSettings settings) {
    this.settings = settings;
    int cores = Runtime.getRuntime().availableProcessors();
    QueuedThreadPool threads = new QueuedThreadPool(Math.max(16, 4 * cores));
    threads.setName("http");
    // Jetty 12.1.14 returns the buffers of malformed requests to its pool twice: answers to others
    // were lost or cut. Without a pool it is faster, too.
    server = new Server(threads, null, new ByteBufferPool.NonPooling());
    server.setStopTimeout(GRACE_MILLIS);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    // What it saves in time cannot be measured here; it takes 100 kB for each connection.
    http.setHeaderCacheSize(0);
    connector = new ServerConnector(server, 1, cores, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(KEEP_ALIVE_MILLIS);
    connector.setAcceptQueueSize(BACKLOG);
    server.addConnector(connector);
    server.addBean(
        new SlowClientGuard(connector, Math.min(HEAD_SECONDS, settings.timeoutSeconds())));
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(connections(settings.maxConnections()), connector);
    limit.setEndPointIdleTimeout(KEEP_ALIVE_WHEN_FULL_MILLIS);
    server.addBean(limit);
    server.setErrorHandler(new ProblemErrorHandler());
    Map.of("html", "text/html", "css", "text/css", "js", "text/javascript")
        .forEach((end, type) -> server.getMimeTypes().addMimeMapping(end, type + ";charset=utf-8"));
  }

  /** What was asked for, as far as there is memory and the system lets a process open files. */
  private static int connections(int asked) {
    long most = Math.min(asked, Runtime.getRuntime().maxMemory() / CONNECTION_BYTES);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      most = Math.min(most, system.getMaxFileDescriptorCount() - OTHER_FILES);
    }
    return (int) Math.max(1, most);
  }

  /**
   * Starts to listen.
   *
   * @param handler of the requests that pass all checks
   * @param limitedPaths the paths that the limit of the rate is for
   * @throws ConfigException if the address cannot be listened on
   */
  void start(Handler handler, Collection<String> limitedPaths, RequestLog log)
      throws ConfigException {
    server.setHandler(
        new GracefulHandler(
            new HostOriginFilter(
                settings.hostNames(), settings.allowedOrigins(), limited(handler, limitedPaths))));
    server.setRequestLog(log);
    try {
      server.start();
    } catch (IOException | UnresolvedAddressException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      boolean unknown = cause instanceof UnresolvedAddressException;
      throw new ConfigException(
          "cannot listen on %s port %d: %s; choose another host or port"
              .formatted(
                  settings.host(),
                  settings.port(),
                  unknown ? "there is no such host" : cause.getMessage()),
          e);
    } catch (Exception e) {
      throw new IllegalStateException("Jetty does not start", e);
    }
  }

  private Handler limited(Handler next, Collection<String> paths) {
    int rate = settings.requestsPerSecond();
    if (rate == 0) {
      return next;
    }
    Request.Handler reject =
        (request, response, callback) ->
            Responses.refusal(
                request,
                response,
                callback,
                new Problem(
                    429,
                    "more than %,d requests a second from one address, the limit of this server"
                        .formatted(rate),
                    Map.of("Retry-After", "1")));
    DoSHandler limited =
        new DoSHandler(
            next, DoSHandler.ID_FROM_REMOTE_ADDRESS, client -> new RequestRate(rate), reject, -1);
    paths.forEach(limited::includePath);
    return limited;
  }

  /** Connections that are open. */
  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  URI uri() {
    String host = connector.getHost();
    return URI.create(
        "http://%s:%d/"
            .formatted(host.contains(":") ? "[" + host + "]" : host, connector.getLocalPort()));
  }

  /** Takes no more requests, ends those that are under way, and is gone after 10 s at most. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty does not stop", e);
    }
  }
}
