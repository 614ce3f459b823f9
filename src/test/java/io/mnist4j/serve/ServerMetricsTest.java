package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.serve.http.LocalServer;
import io.mnist4j.serve.http.Responses;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  @Test
  void batchesAreCountedUpToEachBound() {
    ServerMetrics metrics = new ServerMetrics();
    metrics.observeBatch(1);
    metrics.observeBatch(3);
    metrics.observeBatch(4);
    metrics.observeBatch(1_000);
    assertTrue(
        metrics
            .text()
            .contains(
                """
                # TYPE mnist4j_batch_images histogram
                mnist4j_batch_images_bucket{le="1"} 1
                mnist4j_batch_images_bucket{le="2"} 1
                mnist4j_batch_images_bucket{le="4"} 3
                mnist4j_batch_images_bucket{le="8"} 3
                """),
        metrics.text());
    assertTrue(
        metrics
            .text()
            .contains(
                """
                mnist4j_batch_images_bucket{le="512"} 3
                mnist4j_batch_images_bucket{le="+Inf"} 4
                mnist4j_batch_images_sum 1008
                mnist4j_batch_images_count 4
                """),
        metrics.text());
  }

  @Test
  void gaugesAreReadEachTime() {
    ServerMetrics metrics = new ServerMetrics();
    double[] value = {0.5};
    metrics.gauge("g", "Help.", () -> value[0]);
    assertTrue(metrics.text().endsWith("# HELP g Help.\n# TYPE g gauge\ng 0.5\n"));
    value[0] = 3_000_000_000.0;
    assertTrue(metrics.text().endsWith("g 3000000000\n"));
  }

  @Test
  void unknownPathsAreOne() throws Exception {
    ServerMetrics metrics = new ServerMetrics();
    metrics.setKnownPaths(Set.of("/known"));
    try (LocalServer server =
        LocalServer.of(
            (request, response, callback) -> {
              metrics.log(request, response);
              return Responses.text(response, callback, "text/plain", metrics.text());
            })) {
      server.respond("GET", "/known");
      server.respond("GET", "/a");
      String text = server.respond("GET", "/b");
      assertTrue(text.contains("path=\"/known\","), text);
      assertTrue(text.matches("(?s).*\\{path=\"other\",status=\"\\d+\"} 2\n.*"), text);
      assertTrue(text.contains("mnist4j_http_request_duration_seconds_count 3\n"), text);
    }
  }
}
