package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.hostile.MemoryWatch;
import io.mnist4j.hostile.Soak;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Many requests leave nothing behind: neither in ND4J's memory, nor in all of the process's. */
@EnabledIf(
    value = "io.mnist4j.hostile.MemoryWatch#isPossible",
    disabledReason = "this system does not say what memory a process holds")
class ServeLoadTest {
  private static final int REQUESTS = Soak.isOn() ? 100_000 : 4_000;
  private static final int AT_ONCE = 32;

  @TempDir Path directory;

  @Test
  void manyRequestsLeaveNothingBehind() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (ServedModel served =
        new ServedModel(directory, TrainedRuns.strokesModel(), "--rate", "0", "--quiet")) {
      List<HttpRequest> requests = requests(served);
      ask(client, requests, REQUESTS / 10);
      double offHeap = gauge(client, served, "mnist4j_off_heap_bytes");
      MemoryWatch memory =
          new MemoryWatch(
              served.process,
              Map.of(
                  "heap",
                  () -> (long) gauge(client, served, "mnist4j_heap_bytes") / 1_024,
                  "off heap",
                  () -> (long) gauge(client, served, "mnist4j_off_heap_bytes") / 1_024));
      try (memory) {
        ask(client, requests, REQUESTS);
      }
      memory.plot(
          Path.of("target/long-runs/serve.svg"), "Memory while serving " + REQUESTS + " requests");
      memory.assertFlat();
      // Batches are of different sizes.
      double offHeapAfter = gauge(client, served, "mnist4j_off_heap_bytes");
      assertTrue(offHeapAfter <= offHeap + (1 << 20), offHeap + " bytes became " + offHeapAfter);
      assertEquals(0, gauge(client, served, "mnist4j_queue_requests"));
      assertEquals(0, gauge(client, served, "mnist4j_body_bytes"));
    }
  }

  private static List<HttpRequest> requests(ServedModel served) {
    ImageSet digits = Strokes.generate(7, 50);
    int size = digits.pixelsPerImage();
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < digits.size(); i++) {
      StringBuilder json = new StringBuilder("[");
      for (int pixel = 0; pixel < size; pixel++) {
        json.append(pixel == 0 ? "" : ",");
        json.append(Byte.toUnsignedInt(digits.pixels()[i * size + pixel]));
      }
      requests.add(
          HttpRequest.newBuilder(served.uri.resolve("/v1/predict"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json.append(']').toString()))
              .build());
    }
    return requests;
  }

  private static void ask(HttpClient client, List<HttpRequest> requests, int times) {
    for (int first = 0; first < times; first += AT_ONCE) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        HttpRequest request = requests.get((first + i) % requests.size());
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      answers.forEach(answer -> assertEquals(200, answer.join().statusCode()));
    }
  }

  private static double gauge(HttpClient client, ServedModel served, String name) throws Exception {
    String text =
        client
            .send(
                HttpRequest.newBuilder(served.uri.resolve("/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    Matcher value = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(text);
    assertTrue(value.find(), text);
    return Double.parseDouble(value.group(1));
  }
}
