package io.mnist4j.serve;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/**
 * Counters and gauges in the Prometheus text format, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/).
 */
final class ServerMetrics implements RequestLog {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double NANOS = 1e9;

  private volatile Set<String> paths = Set.of();
  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Histogram seconds =
      new Histogram(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
  private final Histogram batches = new Histogram(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);
  private final Map<String, Gauge> gauges = new TreeMap<>();

  private record Gauge(String help, DoubleSupplier value) {}

  /** How many observations there were up to each bound. */
  private static final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    Histogram(double... bounds) {
      this.bounds = bounds;
      counts = new LongAdder[bounds.length + 1];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }

    void observe(double value) {
      int bucket = 0;
      while (bucket < bounds.length && value > bounds[bucket]) {
        bucket++;
      }
      counts[bucket].increment();
      sum.add(value);
    }

    void write(StringBuilder text, String name) {
      long total = 0;
      for (int i = 0; i < counts.length; i++) {
        total += counts[i].sum();
        String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
        text.append("%s_bucket{le=\"%s\"} %d\n".formatted(name, bound, total));
      }
      text.append("%s_sum %s\n%s_count %d\n".formatted(name, number(sum.sum()), name, total));
    }
  }

  /**
   * Sets the paths that are counted apart; all others are one, so that they cannot fill the memory.
   */
  void setKnownPaths(Set<String> known) {
    paths = Set.copyOf(known);
  }

  /** Adds a value that is looked up each time the metrics are read. */
  void gauge(String name, String help, DoubleSupplier value) {
    gauges.put(name, new Gauge(help, value));
  }

  @Override
  public void log(Request request, Response response) {
    String path = request.getHttpURI().getPath();
    String labels =
        "path=\"%s\",status=\"%d\""
            .formatted(path != null && paths.contains(path) ? path : "other", response.getStatus());
    requests.computeIfAbsent(labels, key -> new LongAdder()).increment();
    seconds.observe(NanoTime.since(request.getBeginNanoTime()) / NANOS);
  }

  /** Counts a batch of images that went through the network together. */
  void observeBatch(int images) {
    batches.observe(images);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    head(text, "mnist4j_http_requests_total", "counter", "Requests that were answered.");
    requests.forEach(
        (labels, count) ->
            text.append("mnist4j_http_requests_total{%s} %d\n".formatted(labels, count.sum())));
    head(
        text,
        "mnist4j_http_request_duration_seconds",
        "histogram",
        "From the first byte of a request to the last of its answer.");
    seconds.write(text, "mnist4j_http_request_duration_seconds");
    head(text, "mnist4j_batch_images", "histogram", "Images that the network was asked at once.");
    batches.write(text, "mnist4j_batch_images");
    gauges.forEach(
        (name, gauge) -> {
          head(text, name, "gauge", gauge.help());
          text.append("%s %s\n".formatted(name, number(gauge.value().getAsDouble())));
        });
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
