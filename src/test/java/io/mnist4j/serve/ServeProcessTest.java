package io.mnist4j.serve;

import static io.mnist4j.serve.ServedModel.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.mnist4j.cli.CommandLineRun;
import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.cli.TrainedRuns;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.strokes.Strokes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What a server answers to correct requests and to malicious ones. */
class ServeProcessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PIXELS = 784;
  private static final int MAX_BODY_KIB = 2_048;
  private static final int TIMEOUT_SECONDS = 2;

  /** Two lengths, of which a proxy might believe the other one. */
  private static final String SMUGGLED =
      String.join(
          "\r\n",
          "POST /v1/predict HTTP/1.1",
          "Host: localhost",
          "Content-Length: 5",
          "Transfer-Encoding: chunked",
          "",
          "0",
          "",
          "");

  @TempDir static Path folder;
  @TempDir Path directory;
  private static Path model;
  private static ServedModel served;
  private static ImageSet digits;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    model = TrainedRuns.strokesModel();
    served =
        new ServedModel(
            folder,
            model,
            "--max-body",
            String.valueOf(MAX_BODY_KIB),
            "--timeout",
            String.valueOf(TIMEOUT_SECONDS),
            "--rate",
            "0",
            "--allow-host",
            "Digits.example");
    digits = Strokes.generate(7, 50);
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() throws Exception {
    try (ServedModel server = served) {
      assertTrue(server.process.isAlive());
    }
  }

  // ---- Answers

  @Test
  void answersAPictureAsPredictDoes() throws Exception {
    Path picture = directory.resolve("digit.png");
    ImageIO.write(picture(3), "png", picture.toFile());
    JsonNode answer = ok(post("/v1/predict?image=true", Files.readAllBytes(picture)));
    assertEquals(1, answer.get("predictions").size());
    JsonNode prediction = answer.get("predictions").get(0);
    Mnist4jProcess.Result predicted =
        new CommandLineRun(directory)
            .run("predict", "--model", model.toString(), "--format", "jsonl", picture.toString());
    JsonNode expected = JSON.readTree(predicted.stdout());
    for (String key : List.of("digit", "probability", "probabilities", "box")) {
      assertEquals(expected.get(key), prediction.get(key), key);
    }
    // What the network saw, asked about once more, gives the same.
    JsonNode again = ok(post("/v1/predict", bytes(prediction.get("image").toString())));
    assertEquals(
        prediction.get("probabilities"), again.get("predictions").get(0).get("probabilities"));
  }

  @Test
  void answersPixelsInAllTheirForms() throws Exception {
    JsonNode flat = probabilities(ok(post("/v1/predict", bytes(flat(0, 1)))), 0);
    assertEquals(10, flat.size());
    double sum = 0;
    for (JsonNode share : flat) {
      sum += share.asDouble();
    }
    assertEquals(1, sum, 1e-5);
    String rows =
        IntStream.range(0, 28)
            .mapToObj(
                row ->
                    IntStream.range(0, 28)
                        .mapToObj(column -> String.valueOf(pixel(0, row * 28 + column)))
                        .collect(Collectors.joining(",", "[", "]")))
            .collect(Collectors.joining(",", " \n[", "]"));
    assertEquals(flat, probabilities(ok(post("/v1/predict", bytes(rows))), 0));
    assertEquals(flat, probabilities(ok(post("/v1/predict", bytes("[" + rows + "]"))), 0));
    JsonNode shares = ok(post("/v1/predict?scale=0..1", bytes(flat(0, 255))));
    assertEquals(flat, probabilities(shares, 0));
    JsonNode many = ok(post("/v1/predict", bytes(many(50))));
    assertEquals(50, many.get("predictions").size());
    int right = 0;
    for (int i = 0; i < 50; i++) {
      int said = many.get("predictions").get(i).get("digit").asInt();
      right += said == digits.label(i) ? 1 : 0;
    }
    assertTrue(right >= 45, right + " of 50 right");
  }

  @Test
  void explainsTheAnswer() throws Exception {
    JsonNode answer = ok(post("/v1/predict?explain=true", png(picture(5))));
    JsonNode saliency = answer.get("predictions").get(0).get("saliency");
    assertEquals(PIXELS, saliency.size());
    double largest = 0;
    for (JsonNode slope : saliency) {
      largest = Math.max(largest, Math.abs(slope.asDouble()));
    }
    assertTrue(largest > 0.1, "largest slope " + largest);
  }

  @Test
  void findsNothingOnABlankSheet() throws Exception {
    BufferedImage blank = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    assertEquals(0, ok(post("/v1/predict", png(blank))).get("predictions").size());
  }

  @Test
  void tellsOfModelHealthAndMetrics() throws Exception {
    JsonNode about = ok(get("/v1/model"));
    assertEquals("m/model.zip", about.get("file").asText());
    assertEquals("strokes", about.get("dataset").asText());
    assertEquals(101_770, about.get("parameters").asInt());
    assertEquals(10, about.get("labels").size());
    assertEquals(MAX_BODY_KIB << 10, about.get("limits").get("bodyBytes").asInt());
    assertEquals("ok", ok(get("/healthz")).get("status").asText());
    double before = metric("mnist4j_http_requests_total{path=\"/healthz\",status=\"200\"}");
    ok(get("/healthz"));
    get("/nowhere");
    assertEquals(
        before + 1, metric("mnist4j_http_requests_total{path=\"/healthz\",status=\"200\"}"));
    assertTrue(metric("mnist4j_http_requests_total{path=\"other\",status=\"404\"}") >= 1);
    assertTrue(metric("mnist4j_connections") >= 1);
    for (String line : get("/metrics").body().lines().toList()) {
      assertTrue(
          line.matches("# (HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(\\{[^}]+})? [0-9.E+-]+"), line);
    }
  }

  @Test
  void writesAnAccessLog() throws Exception {
    get("/log-me?and=this");
    String line = "\"GET /log-me?and=this HTTP/1.1\" 404 ";
    await(() -> served.stderr().contains(line));
    String logged = served.stderr().lines().filter(l -> l.contains(line)).findFirst().orElseThrow();
    assertTrue(logged.matches("127\\.0\\.0\\.1 - - \\[[^]]+] \"[^\"]+\" 404 \\d+ \\d+"), logged);
  }

  @Test
  void keepsAnswersApartWhenManyAskAtOnce() throws Exception {
    List<JsonNode> alone = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      alone.add(probabilities(ok(post("/v1/predict", bytes(flat(i, 1)))), 0));
    }
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/v1/predict"))
              .POST(BodyPublishers.ofByteArray(bytes(flat(i % 10, 1))))
              .build();
      answers.add(client.sendAsync(request, BodyHandlers.ofString()));
    }
    for (int i = 0; i < answers.size(); i++) {
      HttpResponse<String> answer = answers.get(i).get(60, TimeUnit.SECONDS);
      assertEquals(200, answer.statusCode(), answer.body());
      JsonNode shares = probabilities(JSON.readTree(answer.body()), 0);
      for (int label = 0; label < 10; label++) {
        String name = String.valueOf(label);
        assertEquals(
            alone.get(i % 10).get(name).asDouble(), shares.get(name).asDouble(), 1e-5, name);
      }
    }
  }

  @Test
  void servesOtherProgramsModels() throws Exception {
    Path keras = Path.of("src/test/resources/models/keras2-cnn.h5").toAbsolutePath();
    try (ServedModel other = new ServedModel(directory, keras)) {
      JsonNode about =
          ok(
              client.send(
                  HttpRequest.newBuilder(other.uri.resolve("/v1/model")).build(),
                  BodyHandlers.ofString()));
      assertTrue(about.get("format").asText().startsWith("Keras 2"), about.toString());
      HttpRequest asked =
          HttpRequest.newBuilder(other.uri.resolve("/v1/predict?explain=true"))
              .POST(BodyPublishers.ofByteArray(png(picture(0))))
              .build();
      JsonNode answer = ok(client.send(asked, BodyHandlers.ofString()));
      JsonNode prediction = answer.get("predictions").get(0);
      assertEquals(digits.label(0), prediction.get("digit").asInt(), answer.toString());
      assertEquals(PIXELS, prediction.get("saliency").size());
    }
  }

  // ---- Bad requests

  @Test
  void saysWhatIsWrongWithABody() throws Exception {
    problem(400, "the body is empty", post("/v1/predict", new byte[0]));
    problem(400, "not a picture", post("/v1/predict", bytes("hello")));
    problem(400, "a damaged PNG", post("/v1/predict", half(png(picture(1)))));
    problem(400, "the array is [3]", post("/v1/predict", bytes("[1,2,3]")));
    problem(400, "a pixel is expected (line 1, column 4)", post("/v1/predict", bytes("[1,\"2\"]")));
    problem(400, "not JSON: ", post("/v1/predict", bytes("[1,,2]")));
    problem(400, "not JSON: ", post("/v1/predict", bytes("[1")));
    problem(400, "'}': expected ']' (line 1, column 4)", post("/v1/predict", bytes("[1}")));
    problem(400, "a pixel is expected", post("/v1/predict", bytes("[".repeat(10))));
    problem(400, "too many digits", post("/v1/predict", bytes("[" + "9".repeat(50) + "]")));
    String tooLarge = flat(0, 1).replaceFirst("\\[\\d+", "[256");
    problem(
        400, "pixel 0 is 256, which is outside of 0..255", post("/v1/predict", bytes(tooLarge)));
    problem(400, "look like 0..1", post("/v1/predict", bytes(flat(0, 255))));
    problem(400, "no parameter picture", post("/v1/predict?picture=1", bytes("[]")));
    problem(400, "a range is PAPER..INK", post("/v1/predict?scale=1", bytes("[]")));
    String zeros = "0,".repeat(1_000_001);
    problem(413, "more than 1,000 images", post("/v1/predict", bytes("[" + zeros + "0]")));
    problem(413, "longer than 2,097,152 bytes", post("/v1/predict", new byte[3 << 20]));
    HttpRequest zipped =
        HttpRequest.newBuilder(uri("/v1/predict"))
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofString("[]"))
            .build();
    problem(415, "without Content-Encoding", client.send(zipped, BodyHandlers.ofString()));
    HttpRequest form =
        HttpRequest.newBuilder(uri("/v1/predict"))
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString("--x--"))
            .build();
    problem(400, "the form has no file", client.send(form, BodyHandlers.ofString()));
  }

  /** A client that knows it does not send its next request on a connection that is closed. */
  @Test
  void saysThatItClosesWhereABodyWasNotRead() throws Exception {
    String request = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n";
    for (String start : List.of("POST /v1/predict?scale=1", "POST /healthz", "POST /none")) {
      String answer = raw(start + request);
      assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    }
    String kept = raw("GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertStatus(404, kept);
    assertFalse(kept.contains("Connection: close"), kept);
  }

  @Test
  void refusesWrongMethodsAndPaths() throws Exception {
    HttpResponse<String> wrong = get("/v1/predict");
    problem(405, "/v1/predict takes POST", wrong);
    assertEquals("POST, OPTIONS", wrong.headers().firstValue("Allow").orElseThrow());
    problem(405, "/healthz takes GET", post("/healthz", new byte[0]));
    problem(404, "there is nothing here", get("/v1/predict/"));
    assertStatus(400, raw("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertStatus(400, raw("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertStatus(404, raw("GET /page.html HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertStatus(400, raw("GET //etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertStatus(405, raw("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  }

  @Test
  void refusesWhatIsNotHttp() throws Exception {
    String malformed = raw("\0\1\2 nonsense\r\n\r\n");
    assertStatus(400, malformed);
    assertTrue(malformed.contains("application/problem+json"), malformed);
    assertStatus(400, raw("GET / HTTP/1.1\r\n\r\n"));
    assertStatus(
        431, raw("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"));
    assertStatus(414, raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assertStatus(400, raw(SMUGGLED));
    assertStatus(200, raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  }

  @Test
  void refusesOtherSites() throws Exception {
    String post = "POST /v1/predict HTTP/1.1\r\nContent-Length: 2\r\nHost: ";
    String rebound = raw("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assertStatus(421, rebound);
    assertTrue(rebound.contains("does not answer to the name evil.example"), rebound);
    assertStatus(200, raw("GET / HTTP/1.1\r\nHost: digits.example\r\n\r\n"));
    assertStatus(200, raw("GET / HTTP/1.1\r\nHost: 192.168.1.2:8080\r\n\r\n"));
    assertStatus(403, raw(post + "localhost\r\nOrigin: http://evil.example\r\n\r\n[]"));
    assertStatus(403, raw(post + "localhost\r\nOrigin: null\r\n\r\n[]"));
    assertStatus(403, raw(post + "localhost:1\r\nOrigin: http://localhost:2\r\n\r\n[]"));
    assertStatus(403, raw(post + "localhost\r\nSec-Fetch-Site: cross-site\r\n\r\n[]"));
    assertStatus(400, raw(post + "localhost:1\r\nOrigin: http://localhost:1\r\n\r\n[]"));
    assertStatus(400, raw(post + "digits.example\r\nOrigin: https://digits.example\r\n\r\n[]"));
    assertFalse(rebound.contains("Access-Control-Allow"), rebound);
    assertTrue(rebound.contains("frame-ancestors 'none'"), rebound);
  }

  @Test
  void closesConnectionsOfSlowClients() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (Socket body = served.connect()) {
      for (int i = 0; i < 300; i++) {
        Socket head = served.connect();
        slow.add(head);
        head.getOutputStream().write(bytes("GET /healthz HTTP/1.1\r\nHost: localhost\r\n"));
      }
      body.getOutputStream()
          .write(
              bytes("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n[1"));
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3 * TIMEOUT_SECONDS);
      boolean closed = false;
      while (!closed && System.nanoTime() < until) {
        // A byte now and then keeps Jetty's own limit from passing.
        for (Socket head : slow) {
          try {
            head.getOutputStream().write(bytes("X: y\r\n"));
          } catch (IOException e) {
            closed = true;
          }
        }
        assertEquals(200, get("/healthz").statusCode());
        Thread.sleep(200);
      }
      assertTrue(closed, "a head that never ends is cut off");
      body.setSoTimeout(10_000);
      assertStatus(408, new String(body.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  // ---- Start and stop

  @Test
  void limitsTheRateOfOneAddress() throws Exception {
    try (ServedModel limited = new ServedModel(directory, model, "--rate", "5", "--quiet")) {
      HttpRequest request =
          HttpRequest.newBuilder(limited.uri.resolve("/v1/predict"))
              .POST(BodyPublishers.ofByteArray(bytes(flat(0, 1))))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      for (int i = 0; i < 50 && answer.statusCode() == 200; i++) {
        answer = client.send(request, BodyHandlers.ofString());
      }
      problem(429, "more than 5 requests a second", answer);
      assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
      HttpRequest health = HttpRequest.newBuilder(limited.uri.resolve("/healthz")).build();
      assertEquals(200, client.send(health, BodyHandlers.ofString()).statusCode());
      assertEquals("", limited.stderr());
    }
  }

  @Test
  void answersWhatItHasBegunBeforeItStops() throws Exception {
    ServedModel stopped = new ServedModel(directory, model);
    try (Socket slow = stopped.connect()) {
      byte[] content = bytes(flat(0, 1));
      slow.getOutputStream()
          .write(
              bytes(
                  "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n["
                      .formatted(content.length)));
      HttpRequest metrics = HttpRequest.newBuilder(stopped.uri.resolve("/metrics")).build();
      await(
          () ->
              client
                  .send(metrics, BodyHandlers.ofString())
                  .body()
                  .contains("mnist4j_body_bytes 1\n"));
      stopped.process.destroy();
      await(() -> stopped.stderr().contains("Stopping"));
      slow.getOutputStream().write(content, 1, content.length - 1);
      slow.setSoTimeout(20_000);
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertStatus(200, answer);
      assertTrue(stopped.process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, stopped.process.exitValue());
    } finally {
      stopped.close();
    }
  }

  @Test
  void saysWhyItDoesNotStart() throws Exception {
    String port = String.valueOf(served.uri.getPort());
    Mnist4jProcess.Result taken =
        new CommandLineRun(directory).run("serve", model.toString(), "--port", port);
    assertEquals(2, taken.exitCode(), taken.stderr());
    assertEquals(
        "mnist4j: cannot listen on 127.0.0.1 port %s: Address already in use; choose another host or port\n"
            .formatted(port),
        taken.stderr());
    Mnist4jProcess.Result wrong =
        new CommandLineRun(directory).run("serve", model.toString(), "--port", "70000");
    assertEquals(2, wrong.exitCode());
    assertTrue(wrong.stderr().contains("--port must be 0 to 65535, not 70000"), wrong.stderr());
    Mnist4jProcess.Result missing = new CommandLineRun(directory).run("serve", "missing.zip");
    assertEquals(3, missing.exitCode());
    assertTrue(missing.stderr().contains("missing.zip: no such file"), missing.stderr());
  }

  // ---- Tools

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void await(Check check) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!check.holds()) {
      if (System.nanoTime() > until) {
        fail("never true");
      }
      Thread.sleep(20);
    }
  }

  private static URI uri(String path) {
    return served.uri.resolve(path);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, byte[] content) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(content)).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode ok(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElseThrow());
    return JSON.readTree(response.body());
  }

  private static void problem(int status, String detail, HttpResponse<String> response)
      throws IOException {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
    JsonNode problem = JSON.readTree(response.body());
    assertEquals(status, problem.get("status").asInt());
    assertTrue(problem.get("detail").asText().contains(detail), response.body());
  }

  /** Sends bytes that no correct client would, and returns all that comes back. */
  private static String raw(String request) throws IOException {
    try (Socket socket = served.connect()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static double metric(String name) throws Exception {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static JsonNode probabilities(JsonNode answer, int index) {
    return answer.get("predictions").get(index).get("probabilities");
  }

  private static int pixel(int image, int index) {
    return Byte.toUnsignedInt(digits.pixels()[image * PIXELS + index]);
  }

  /** The pixels of a digit, divided. */
  private static String flat(int image, int divisor) {
    return IntStream.range(0, PIXELS)
        .mapToObj(
            i -> divisor == 1 ? "" + pixel(image, i) : "" + pixel(image, i) / (double) divisor)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String many(int images) {
    return IntStream.range(0, images)
        .mapToObj(image -> flat(image, 1))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** A digit, dark on light and three times as large. */
  private static BufferedImage picture(int image) {
    BufferedImage picture = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 100; x++) {
        boolean inside = x >= 8 && y >= 8 && x < 92 && y < 92;
        int ink = inside ? pixel(image, (y - 8) / 3 * 28 + (x - 8) / 3) : 0;
        picture.setRGB(x, y, 0x010101 * (255 - ink));
      }
    }
    return picture;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] half(byte[] content) {
    return Arrays.copyOf(content, content.length / 2);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
