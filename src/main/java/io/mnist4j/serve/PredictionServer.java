package io.mnist4j.serve;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.serve.http.BodyReader;
import io.mnist4j.serve.http.Endpoint;
import io.mnist4j.serve.http.Responses;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** A model behind HTTP: a page to draw on, predictions, and what monitors ask for. */
public final class PredictionServer implements AutoCloseable {
  private static final String PREDICT = "/v1/predict";

  /** NCSA's common log format, and the microseconds that the answer took. */
  private static final String LOG_FORMAT = CustomRequestLog.NCSA_FORMAT + " %{us}T";

  private final JettyServer jetty;
  private final List<ServedNetwork> networks;

  private final Optional<CollectHandler> collect;
  private final List<ModelWatch> watches = new ArrayList<>();

  private PredictionServer(
      JettyServer jetty, List<ServedNetwork> networks, Optional<CollectHandler> collect) {
    this.jetty = jetty;
    this.networks = networks;
    this.collect = collect;
  }

  /**
   * Starts to listen.
   *
   * @param compared models that the page asks, too: the first at {@code /v1/predict/1}
   * @param collected where pictures go that are named on the page; empty where none are taken
   * @param accessLog takes a line for each request
   * @param failures takes what went wrong in this program
   * @throws ConfigException if the address cannot be listened on
   */
  public static PredictionServer start(
      ModelInstance model,
      List<ModelInstance> compared,
      ServeSettings settings,
      Optional<CollectedImages> collected,
      Consumer<String> accessLog,
      Consumer<Throwable> failures)
      throws ConfigException {
    ServerMetrics metrics = new ServerMetrics();
    JettyServer jetty = new JettyServer(settings);
    List<ServedNetwork> networks = new ArrayList<>();
    for (ModelInstance instance : Stream.concat(Stream.of(model), compared.stream()).toList()) {
      List<String> taken = networks.stream().map(ServedNetwork::name).toList();
      networks.add(new ServedNetwork(instance, taken, settings, metrics::observeBatch));
    }
    BodyReader.Memory memory = new BodyReader.Memory(Runtime.getRuntime().maxMemory() / 4);
    addGauges(metrics, jetty, networks.get(0), memory);
    Optional<CollectHandler> collect =
        collected.map(
            images -> new CollectHandler(images, settings.timeoutSeconds(), memory, failures));
    ModelRoutes.Handlers handlers =
        (network, protocols) ->
            new PredictHandler(settings, network::pipeline, protocols, memory, failures);
    Map<String, Endpoint> asked = new LinkedHashMap<>();
    for (int i = 0; i < networks.size(); i++) {
      asked.put(
          PREDICT + (i == 0 ? "" : "/" + i),
          Endpoint.post(handlers.of(networks.get(i), OwnProtocol::new)));
    }
    asked.putAll(ModelRoutes.of(networks, handlers));
    Map<String, Endpoint> endpoints = endpoints(metrics);
    endpoints.putAll(asked);
    endpoints.put(
        "/v1/model",
        Endpoint.json(
            () ->
                ModelJson.of(networks.get(0).instance(), compared, settings, collect.isPresent())));
    collect.ifPresent(handler -> endpoints.put("/v1/collect", Endpoint.post(handler)));
    metrics.setKnownPaths(endpoints.keySet());
    PredictionServer started = new PredictionServer(jetty, networks, collect);
    RequestLog log =
        new RequestLog.Collection(
            metrics, new CustomRequestLog(line -> accessLog.accept(line), LOG_FORMAT));
    try {
      jetty.start(Endpoint.mappings(endpoints), limited(endpoints.keySet()), log);
    } catch (ConfigException | RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  /** Where predictions are asked for. */
  private static List<String> limited(Set<String> paths) {
    return paths.stream().filter(path -> path.matches(".*(predict|infer|invocations).*")).toList();
  }

  private static Map<String, Endpoint> endpoints(ServerMetrics metrics) {
    Map<String, Endpoint> endpoints = new HashMap<>();
    Endpoint page = Endpoint.get(page());
    for (String file : List.of("/", "/page.css", "/page.js", "/icon.svg", "/openapi.json")) {
      endpoints.put(file, page);
    }
    endpoints.put(
        "/metrics",
        Endpoint.get(
            (request, response, callback) ->
                Responses.text(response, callback, ServerMetrics.CONTENT_TYPE, metrics.text())));
    return endpoints;
  }

  /** The files of the page, each at its name, and {@code page.html} at the root. */
  private static Handler page() {
    ResourceHandler files = new ResourceHandler();
    files.setBaseResource(
        ResourceFactory.of(files).newResource(PredictionServer.class.getResource("page/")));
    files.setWelcomeFiles("page.html");
    files.setDirAllowed(false);
    files.setAcceptRanges(false);
    // Jetty tells versions of a file apart by its time, which is the same in each release's jar.
    files.setEtags(false);
    files.setCacheControl("no-store");
    return files;
  }

  private static void addGauges(
      ServerMetrics metrics, JettyServer jetty, ServedNetwork network, BodyReader.Memory memory) {
    metrics.gauge(
        "mnist4j_queue_requests",
        "Requests that wait for the network.",
        () -> network.pipeline().waiting());
    metrics.gauge("mnist4j_body_bytes", "Memory that bodies of requests take.", memory::taken);
    metrics.gauge("mnist4j_connections", "Connections that are open.", jetty::connections);
    metrics.gauge("mnist4j_off_heap_bytes", "Memory of ND4J's arrays.", Pointer::totalBytes);
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

  /** Where the page is. */
  public URI uri() {
    return jetty.uri();
  }

  /**
   * Answers by what a model's file holds whenever that changes.
   *
   * @param index of the model: 0, or 1 for the first that is compared
   * @param loader reads the file again
   * @param log takes a line for each time that it was read, or could not be
   */
  public void watch(int index, Path file, Callable<ModelInstance> loader, Consumer<String> log) {
    watches.add(new ModelWatch(file, loader, networks.get(index)::replace, log));
  }

  /** The names by which other programs ask for the models. */
  public List<String> names() {
    return networks.stream().map(ServedNetwork::name).toList();
  }

  /** Takes no more requests, ends those that are under way, and is gone after 10 s at most. */
  @Override
  public void close() {
    watches.forEach(ModelWatch::close);
    try {
      jetty.close();
    } finally {
      networks.forEach(ServedNetwork::close);
      collect.ifPresent(CollectHandler::close);
    }
  }
}
