package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.digits.Rendering;
import io.mnist4j.errors.ConfigException;
import java.awt.Color;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole server in this process. */
class PredictionServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());
  private static final List<Throwable> FAILURES = Collections.synchronizedList(new ArrayList<>());
  private static PredictionServer server;

  @BeforeAll
  static void start() throws Exception {
    server = start(TinyModel.SETTINGS);
  }

  @AfterAll
  static void stop() {
    server.close();
    assertEquals(List.of(), FAILURES);
  }

  private static PredictionServer start(ServeSettings settings) throws Exception {
    return PredictionServer.start(
        TinyModel.create(),
        List.of(TinyModel.create()),
        settings,
        Optional.empty(),
        LOG::add,
        FAILURES::add);
  }

  @ParameterizedTest
  @CsvSource({
    "/, page.html, text/html;charset=utf-8",
    "/page.css, page.css, text/css;charset=utf-8",
    "/page.js, page.js, text/javascript;charset=utf-8",
    "/icon.svg, icon.svg, image/svg+xml",
  })
  void servesThePage(String path, String file, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertEquals(200, response.statusCode());
    assertEquals(type, header(response, "Content-Type"));
    assertEquals("no-store", header(response, "Cache-Control"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    try (InputStream in = PredictionServer.class.getResourceAsStream("page/" + file)) {
      assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), response.body());
    }
    HttpResponse<String> head =
        send(HttpRequest.newBuilder(uri(path)).method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(header(response, "Content-Length"), header(head, "Content-Length"));
  }

  @ParameterizedTest
  @CsvSource({"/page.html", "/page/", "/page.css/", "/PredictionServer.class", "/page.js%00"})
  void servesNothingElse(String path) throws Exception {
    int status = get(path).statusCode();
    assertTrue(status == 404 || status == 400, path + ": " + status);
  }

  @Test
  void predictsPixels() throws Exception {
    HttpResponse<String> response =
        post(server, "/v1/predict?image=true&explain=true", "[[0,9,0,0,255,0],[0,0,0,0,0,8]]");
    assertEquals(200, response.statusCode(), response.body());
    String one =
        "\\{\"digit\":\"\\d\",\"probability\":[\\d.]+,"
            + "\"probabilities\":\\{\"0\":[\\d.]+,\"1\":[\\d.]+,\"2\":[\\d.]+},"
            + "\"image\":\\[[\\d,]+],\"saliency\":\\[[-\\d.,]+]}";
    assertTrue(
        response.body().matches("\\{\"predictions\":\\[" + one + "," + one + "]}\n"),
        response.body());
    assertTrue(response.body().contains("\"image\":[0,9,0,0,255,0]"), response.body());
  }

  @Test
  void comparedModelsHavePathsOfTheirOwn() throws Exception {
    assertEquals(200, post(server, "/v1/predict/1", "[0,9,0,0,255,0]").statusCode());
    assertEquals(404, post(server, "/v1/predict/2", "[0,9,0,0,255,0]").statusCode());
    assertTrue(get("/v1/model").body().contains("\"compared\":[\"tiny.zip\"]"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, 'the body is empty; send a picture, or pixels as JSON'",
    "hello, 400, 'the body: not a picture; PNG, JPEG, GIF, BMP and TIFF are read'",
    "[1], 400, the array is [1]; for this model an image is [6]",
  })
  void refusesOtherBodies(String body, int status, String detail) throws Exception {
    HttpResponse<String> response = post(server, "/v1/predict", body);
    assertEquals(status, response.statusCode());
    assertTrue(response.body().contains(detail), response.body());
  }

  @Test
  void refusesEncodedBodies() throws Exception {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri("/v1/predict"))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("[0]")));
    assertEquals(415, response.statusCode(), response.body());
  }

  /** As a web form, a canvas, and clients of TensorFlow Serving send them. */
  @Test
  void takesPicturesAndPixelsInTheFormsOfOthers() throws Exception {
    byte[] png = Rendering.file(Rendering.sheet(30, 20, Color.WHITE), "png");
    String text = new String(png, StandardCharsets.ISO_8859_1);
    HttpResponse<String> form =
        send(
            HttpRequest.newBuilder(uri("/v1/predict"))
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(
                    BodyPublishers.ofString(
                        "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\""
                            + "\r\n\r\n"
                            + text
                            + "\r\n--xyz--\r\n",
                        StandardCharsets.ISO_8859_1)));
    assertEquals("{\"predictions\":[]}\n", form.body());
    String base64 = Base64.getEncoder().encodeToString(png);
    String url = "{\"image\":\"data:image/png;base64," + base64 + "\"}";
    assertEquals("{\"predictions\":[]}\n", post(server, "/v1/predict", url).body());
    String instances =
        "{\"signature_name\":\"serving_default\",\"instances\":[[[0,9,0],[0,255,0]]]}";
    assertEquals(
        post(server, "/v1/predict", "[0,9,0,0,255,0]").body(),
        post(server, "/v1/predict", instances).body());
  }

  /** An empty sheet is none of the batches that the network computes. */
  @Test
  void aPictureWithoutDigitsIsNoBatch() throws Exception {
    String before = batches();
    byte[] png = Rendering.file(Rendering.sheet(30, 20, Color.WHITE), "png");
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri("/v1/predict")).POST(BodyPublishers.ofByteArray(png)));
    assertEquals(200, response.statusCode());
    assertEquals(before, batches());
  }

  private static String batches() throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("mnist4j_batch_images_count"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void pagesOfAllowedOriginsMayUseIt() throws Exception {
    ServeSettings settings =
        new ServeSettings(
            "127.0.0.1", 0, Set.of(), Set.of("http://friend.example"), 1 << 20, 0, 5, 100, false);
    try (PredictionServer friendly = start(settings)) {
      URI predict = friendly.uri().resolve("/v1/predict");
      for (String origin : List.of("http://friend.example", "http://evil.example")) {
        boolean allowed = origin.contains("friend");
        HttpResponse<String> asked =
            send(
                HttpRequest.newBuilder(predict)
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "content-type")
                    .method("OPTIONS", BodyPublishers.noBody()));
        assertEquals(allowed ? 200 : 403, asked.statusCode(), origin);
        HttpResponse<String> sent =
            send(
                HttpRequest.newBuilder(predict)
                    .header("Origin", origin)
                    .header("Sec-Fetch-Site", "cross-site")
                    .POST(BodyPublishers.ofString("[0,9,0,0,255,0]")));
        assertEquals(allowed ? 200 : 403, sent.statusCode(), origin);
        assertEquals(allowed ? origin : "", header(sent, "Access-Control-Allow-Origin"));
      }
    }
  }

  @Test
  void limitsTheRateOfPredictionsAlone() throws Exception {
    ServeSettings slow =
        new ServeSettings("127.0.0.1", 0, Set.of(), Set.of(), 1 << 20, 1, 5, 100, false);
    try (PredictionServer limited = start(slow)) {
      int refused = 0;
      for (int i = 0; i < 10; i++) {
        HttpResponse<String> response = post(limited, "/v1/predict", "[0,9,0,0,255,0]");
        assertTrue(i > 0 || response.statusCode() == 200, "the first request was refused");
        if (response.statusCode() == 429) {
          refused++;
          assertEquals("1", header(response, "Retry-After"));
          assertTrue(response.body().contains("more than 1 requests a second"), response.body());
        }
        URI health = limited.uri().resolve("/healthz");
        assertEquals(200, send(HttpRequest.newBuilder(health)).statusCode());
      }
      assertTrue(refused > 0, "none of ten requests was refused");
    }
  }

  @Test
  void saysThatAPortIsTaken() {
    ServeSettings same =
        new ServeSettings(
            "127.0.0.1", server.uri().getPort(), Set.of(), Set.of(), 1 << 20, 0, 5, 100, false);
    ConfigException problem = assertThrows(ConfigException.class, () -> start(same));
    assertTrue(
        problem
            .getMessage()
            .matches("cannot listen on 127.0.0.1 port \\d+: .+; choose another host or port"),
        problem.getMessage());
  }

  @Test
  void measuresAndLogsWhatItServes() throws Exception {
    get("/healthz");
    String metrics = get("/metrics").body();
    assertTrue(
        metrics.contains("mnist4j_http_requests_total{path=\"/healthz\",status=\"200\"}"), metrics);
    for (String gauge :
        new String[] {"queue_requests", "body_bytes", "connections", "heap_bytes"}) {
      assertTrue(metrics.contains("# TYPE mnist4j_" + gauge + " gauge\n"), metrics);
    }
    assertTrue(
        LOG.stream().anyMatch(line -> line.contains("\"GET /healthz HTTP/1.1\" 200 ")),
        LOG.toString());
  }

  private static URI uri(String path) {
    return server.uri().resolve(path);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private static HttpResponse<String> post(PredictionServer to, String path, String body)
      throws Exception {
    return send(HttpRequest.newBuilder(to.uri().resolve(path)).POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(
        request.version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
