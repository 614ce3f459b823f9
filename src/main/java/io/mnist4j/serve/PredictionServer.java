package io.mnist4j.serve;

import com.sun.management.UnixOperatingSystemMXBean;
import io.mnist4j.backend.Backend;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.predict.Predictor;
import io.mnist4j.serve.http.BodyReader;
import io.mnist4j.serve.http.HostOriginFilter;
import io.mnist4j.serve.http.PageFile;
import io.mnist4j.serve.http.Problem;
import io.mnist4j.serve.http.Problems;
import io.mnist4j.serve.http.Responses;
import io.mnist4j.serve.http.Routes;
import io.mnist4j.serve.http.ServeSettings;
import io.mnist4j.serve.http.SlowClientGuard;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.CustomRequestLog;
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
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * A model behind HTTP. A request passes Jetty's parser with its limits, the watch over a graceful
 * stop, the check of who calls ({@link HostOriginFilter}), the limit of the rate, and comes to what
 * its path names ({@link Routes}).
 */
public final class PredictionServer implements AutoCloseable {
  /** So many bodies are decoded at once: a picture may take 64 MiB while that lasts. */
  private static final int MAX_WORKERS = 4;

  /** In which requests that are under way may end when the server stops. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  /** How long keep-alive lasts while connections are scarce. */
  private static final Duration KEEP_ALIVE_WHEN_FULL = Duration.ofSeconds(1);

  /** In which the head of a request has to come in whole. */
  private static final int HEAD_SECONDS = 10;

  /** Connections that wait to be accepted. */
  private static final int BACKLOG = 4_096;

  /** Files that the JVM has open besides connections, and some more. */
  private static final int OTHER_FILES = 256;

  /** Of the heap, for a connection with a request of a usual size: twice what was measured. */
  private static final int CONNECTION_BYTES = 50_000;

  /** NCSA's common log format, and the microseconds that the answer took. */
  private static final String LOG_FORMAT = CustomRequestLog.NCSA_FORMAT + " %{us}T";

  private final Server server;
  private final ServerConnector connector;
  private final PredictionBatcher batcher;
  private final Explainer explainer;
  private final ExecutorService workers;

  private PredictionServer(
      ServeSettings settings,
      PredictionBatcher batcher,
      Explainer explainer,
      ExecutorService workers) {
    this.batcher = batcher;
    this.explainer = explainer;
    this.workers = workers;
    int cores = Runtime.getRuntime().availableProcessors();
    QueuedThreadPool threads = new QueuedThreadPool(Math.max(16, 4 * cores));
    threads.setName("http");
    // Jetty 12.1.14 returns the buffers of malformed requests to its pool twice: answers to others
    // were lost or cut. Without a pool it is faster, too.
    server = new Server(threads, null, new ByteBufferPool.NonPooling());
    server.setStopTimeout(GRACE.toMillis());
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    // What it saves in time cannot be measured here; it takes 100 kB for each connection.
    http.setHeaderCacheSize(0);
    connector = new ServerConnector(server, 1, cores, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(KEEP_ALIVE.toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    server.addConnector(connector);
    server.addBean(
        new SlowClientGuard(connector, Math.min(HEAD_SECONDS, settings.timeoutSeconds())));
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(connections(settings.maxConnections()), connector);
    limit.setEndPointIdleTimeout(KEEP_ALIVE_WHEN_FULL.toMillis());
    server.addBean(limit);
    server.setErrorHandler(new Problems());
  }

  /**
   * Starts to listen.
   *
   * @param name of the model's file
   * @param backend of the model, started
   * @param threads that it computes with
   * @param accessLog takes a line for each request
   * @param failures takes what went wrong in this program
   * @throws ConfigException if the address cannot be listened on
   */
  public static PredictionServer start(
      String name,
      TrainedModel model,
      Backend backend,
      int threads,
      ServeSettings settings,
      Consumer<String> accessLog,
      Consumer<Throwable> failures)
      throws ConfigException {
    BodyReader.Memory memory = new BodyReader.Memory(Runtime.getRuntime().maxMemory() / 4);
    ServerMetrics metrics = new ServerMetrics();
    PredictionBatcher batcher =
        new PredictionBatcher(new Predictor(model), backend, threads, metrics::observeBatch);
    Explainer explainer = new Explainer(model, backend);
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(Runtime.getRuntime().availableProcessors(), MAX_WORKERS));
    PredictionServer started = new PredictionServer(settings, batcher, explainer, workers);
    metrics.gauge("mnist4j_queue_requests", "Requests that wait for the network.", batcher::length);
    metrics.gauge("mnist4j_body_bytes", "Memory that bodies of requests take.", memory::taken);
    started.addMetrics(metrics);
    PredictHandler predict =
        new PredictHandler(
            settings,
            model.provenance().height(),
            model.provenance().width(),
            batcher,
            explainer,
            memory,
            workers,
            failures);
    Routes routes = started.routes(predict, ModelJson.of(name, model, settings), metrics);
    metrics.tellApart(routes.paths());
    started.server.setHandler(
        new GracefulHandler(new HostOriginFilter(settings, limited(settings, routes))));
    started.server.setRequestLog(
        new RequestLog.Collection(
            metrics, new CustomRequestLog(line -> accessLog.accept(line), LOG_FORMAT)));
    started.listen(settings);
    return started;
  }

  private Routes routes(PredictHandler predict, ObjectNode model, ServerMetrics metrics) {
    ObjectNode healthy = JsonNodeFactory.instance.objectNode().put("status", "ok");
    return new Routes(
        Map.of(
            "/",
            Routes.Route.get(new PageFile("page.html", "text/html; charset=utf-8")),
            "/page.css",
            Routes.Route.get(new PageFile("page.css", "text/css; charset=utf-8")),
            "/page.js",
            Routes.Route.get(new PageFile("page.js", "text/javascript; charset=utf-8")),
            "/icon.svg",
            Routes.Route.get(new PageFile("icon.svg", "image/svg+xml")),
            "/v1/predict",
            Routes.Route.post(predict),
            "/v1/model",
            Routes.Route.get(
                (request, response, callback) -> Responses.json(response, callback, model)),
            "/healthz",
            Routes.Route.get(
                (request, response, callback) -> Responses.json(response, callback, healthy)),
            "/metrics",
            Routes.Route.get(
                (request, response, callback) ->
                    Responses.text(
                        response, callback, ServerMetrics.CONTENT_TYPE, metrics.text()))));
  }

  /** Predictions alone are limited: they are what costs. */
  private static Handler limited(ServeSettings settings, Handler next) {
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
                    "more than %,d requests a second from one address, which --rate sets"
                        .formatted(rate),
                    Map.of("Retry-After", "1")));
    DoSHandler limited =
        new DoSHandler(
            next,
            DoSHandler.ID_FROM_REMOTE_ADDRESS,
            new DoSHandler.LeakingBucketTrackerFactory(rate),
            reject,
            -1);
    limited.includePath("/v1/predict");
    return limited;
  }

  private void addMetrics(ServerMetrics metrics) {
    metrics.gauge(
        "mnist4j_connections",
        "Connections that are open.",
        () -> connector.getConnectedEndPoints().size());
    metrics.gauge("mnist4j_off_heap_bytes", "Memory of ND4J's arrays.", () -> Pointer.totalBytes());
    Runtime jvm = Runtime.getRuntime();
    metrics.gauge(
        "mnist4j_heap_bytes",
        "Memory of the Java heap that is in use.",
        () -> jvm.totalMemory() - jvm.freeMemory());
    metrics.gauge(
        "process_start_time_seconds",
        "When this process was started, since 1970.",
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
  }

  /** What was asked for, as far as there is memory and the system lets a process open files. */
  private static int connections(int asked) {
    long most = Math.min(asked, Runtime.getRuntime().maxMemory() / CONNECTION_BYTES);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      most = Math.min(most, system.getMaxFileDescriptorCount() - OTHER_FILES);
    }
    return (int) Math.max(1, most);
  }

  private void listen(ServeSettings settings) throws ConfigException {
    try {
      server.start();
    } catch (IOException | UnresolvedAddressException e) {
      close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(
          "cannot listen on %s port %d: %s; --host and --port choose another"
              .formatted(
                  settings.host(),
                  settings.port(),
                  cause instanceof UnresolvedAddressException
                      ? "there is no such host"
                      : cause.getMessage()),
          e);
    } catch (Exception e) {
      close();
      throw new IllegalStateException("Jetty does not start", e);
    }
  }

  /** Where the page is. */
  public URI uri() {
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
    } finally {
      batcher.close();
      explainer.close();
      workers.shutdownNow();
    }
  }
}
