package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.TrainedModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** Every answer of the server is what /openapi.json says. */
class OpenApiTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @TempDir static Path folder;
  private static final List<Throwable> FAILURES = new ArrayList<>();
  private static final Set<String> ASKED = new TreeSet<>();
  private static TrainedModel model;
  private static PredictionServer server;
  private static JsonNode document;

  @BeforeAll
  static void start() throws Exception {
    ModelInstance instance = TinyModel.create();
    model = instance.model();
    server =
        PredictionServer.start(
            instance,
            List.of(TinyModel.create()),
            TinyModel.SETTINGS,
            Optional.of(CollectedImages.in(folder, model.provenance())),
            line -> {},
            FAILURES::add);
    document = JSON.readTree(send("GET", "/openapi.json", "").body());
  }

  @AfterAll
  static void stop() {
    server.close();
    assertEquals(List.of(), FAILURES);
    Set<String> described = new TreeSet<>();
    document.get("paths").fieldNames().forEachRemaining(described::add);
    assertEquals(described, ASKED, "paths that were asked");
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
    if (body.startsWith("{") || body.startsWith("[")) {
      request.header("Content-Type", "application/json");
    }
    return CLIENT.send(
        request.method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  /** The schema of an answer, with what it refers to. */
  private static Schema schema(String path, String method, int status, String type)
      throws Exception {
    JsonNode answers =
        document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT)).path("responses");
    JsonNode answer = answers.path(status == 200 ? "200" : "default");
    JsonNode found = answer.path("content").path(type).path("schema");
    assertTrue(found.isObject(), "%s %s has no schema for %s".formatted(method, path, type));
    ObjectNode whole = found.deepCopy();
    whole.set("components", document.get("components"));
    return REGISTRY.getSchema(JSON.writeValueAsString(whole));
  }

  private static JsonNode answer(int status, String method, String path, String called, String body)
      throws Exception {
    HttpResponse<String> response = send(method, called, body);
    assertEquals(status, response.statusCode(), called + ": " + response.body());
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    Schema schema = schema(path, method, status, type);
    assertEquals(
        List.of(),
        schema.validate(response.body(), InputFormat.JSON),
        path + ": " + response.body());
    ASKED.add(path);
    return JSON.readTree(response.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/model             | /v1/model",
        "/healthz              | /healthz",
        "/livez                | /livez",
        "/readyz               | /readyz",
        "/ping                 | /ping",
        "/v1/models/{model}    | /v1/models/tiny",
        "/v2                   | /v2",
        "/v2/health/live       | /v2/health/live",
        "/v2/health/ready      | /v2/health/ready",
        "/v2/models/{model}    | /v2/models/tiny-2",
        "/v2/models/{model}/ready | /v2/models/tiny/ready",
      })
  void whatIsThere(String path, String called) throws Exception {
    answer(200, "GET", path, called, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/predict          | /v1/predict?image=true                | [0,1,2,3,4,255]",
        "/v1/predict          | /v1/predict?explain=true              | {\"instances\":"
            + " [[0,1,2,3,4,255]]}",
        "/v1/predict/{number} | /v1/predict/1                         | [[0,1,2],[3,4,255]]",
        "/invocations         | /invocations                          | {\"instances\":"
            + " [[0,1,2,3,4,255]]}",
        "/v1/models/{model}:predict | /v1/models/tiny:predict         | {\"instances\":"
            + " [[0,0,0.5,0,0,1]]}",
        "/v2/models/{model}/infer | /v2/models/tiny/infer | {\"inputs\": [{\"shape\": [1, 6],"
            + " \"data\": [0,0,0.5,0,0,1]}]}",
        "/v1/collect          | /v1/collect | {\"label\": \"1\", \"image\": [0,1,2,3,4,5]}",
      })
  void whatIsAsked(String path, String called, String body) throws Exception {
    answer(200, "POST", path, called, body);
    JsonNode refused = answer(400, "POST", path, called.replaceFirst("\\?.*", ""), "{\"a\": 1}");
    assertNotNull(refused.get("detail"));
  }

  @Test
  void figuresAreText() throws Exception {
    assertEquals(200, send("GET", "/metrics", "").statusCode());
    ASKED.add("/metrics");
  }

  @Test
  void documentIsTheFileOfTheProgram() throws Exception {
    try (InputStream in = PredictionServer.class.getResourceAsStream("page/openapi.json")) {
      assertEquals(
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          send("GET", "/openapi.json", "").body());
    }
  }

  @Test
  void tensorsAreTakenFlatAndNested() throws Exception {
    float[] expected =
        model.outputs(Nd4j.createFromArray(new float[][] {{0, 0, 1, 0, 1, 0}})).toFloatVector();
    for (String data :
        List.of(
            "{\"id\": \"a\", \"inputs\": [{\"name\": \"pixels\", \"datatype\": \"FP32\", \"shape\":"
                + " [1, 6], \"data\": [0, 0, 1, 0, 1, 0]}], \"outputs\": [{\"name\": \"x\"}]}",
            "{\"id\": \"a\", \"inputs\": [{\"shape\": [1, 1, 2, 3], \"data\": [0, 0, 1, 0, 1,"
                + " 0]}]}",
            "{\"inputs\": [{\"shape\": [1, 1, 2, 3], \"data\": [[[[0, 0, 1], [0, 1, 0]]]]}],"
                + " \"id\": \"a\"}",
            "{\"id\": \"a\", \"inputs\": [{\"data\": [0, 0, 255, 0, 255, 0], \"shape\": [1, 6],"
                + " \"datatype\": \"UINT8\"}]}")) {
      JsonNode said =
          answer(200, "POST", "/v2/models/{model}/infer", "/v2/models/tiny/infer", data);
      assertEquals("a", said.get("id").asText());
      JsonNode output = said.get("outputs").get(0);
      assertEquals("probabilities", output.get("name").asText());
      assertEquals("[1,3]", output.get("shape").toString());
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], (float) output.get("data").get(i).asDouble(), 1e-6f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"inputs\": []}                                     | inputs has to hold one tensor",
        "{\"inputs\": [{\"data\": [1, 2], \"shape\": [1, 6]}]} | the shape [1, 6] is not that of 2"
            + " numbers",
        "{\"inputs\": [{\"data\": [0, 0, 0, 0, 0, 2], \"shape\": [1, 6]}]} | outside of 0..1",
        "{\"inputs\": [{\"data\": [1], \"shape\": [1]}, {}]}    | the model takes one input",
        "[1]                                                 | an object with the key inputs",
        "{\"inputs\": [{\"data\": [1, 2, 3, 4], \"shape\": [2, 2]}]} | for this model an image is",
        "{\"inputs\": [{\"shape\": [-1, -6], \"data\": [0, 0, 0, 0, 0, 1]}]} | for this model an"
            + " image is",
      })
  void wrongTensorsAreRefused(String body, String why) throws Exception {
    JsonNode refused =
        answer(400, "POST", "/v2/models/{model}/infer", "/v2/models/tiny/infer", body);
    assertTrue(refused.get("detail").asText().contains(why), refused.toString());
    assertEquals(refused.get("detail"), refused.get("error"));
  }

  @Test
  void imagesMayHaveChannelsAsTensorFlowHasThem() throws Exception {
    JsonNode said =
        answer(
            200,
            "POST",
            "/v1/models/{model}:predict",
            "/v1/models/tiny:predict",
            "{\"instances\": [[[[0], [0], [1]], [[0], [1], [0]]], [[[0], [0], [1]], [[0], [1],"
                + " [0]]]]}");
    assertEquals(2, said.get("predictions").size());
    assertEquals(3, said.get("predictions").get(1).size());
  }

  @Test
  void modelThatChangesIsServedAsItIsThen() throws Exception {
    Path file = Files.writeString(folder.resolve("watched"), "1");
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    TrainedModel other = model.withRange(new InputRange(1, 0));
    ModelInstance before = TinyModel.create();
    try (PredictionServer own =
        PredictionServer.start(
            before, List.of(), TinyModel.SETTINGS, Optional.empty(), line -> {}, FAILURES::add)) {
      own.watch(
          0, file, () -> new ModelInstance("other.zip", other, before.backend(), 1), log::add);
      Files.writeString(file, "22");
      assertEquals(file + " has changed: it answers from now on", log.poll(20, TimeUnit.SECONDS));
      HttpRequest request = HttpRequest.newBuilder(own.uri().resolve("/v1/model")).build();
      String answered = CLIENT.send(request, BodyHandlers.ofString()).body();
      assertTrue(answered.contains("\"file\":\"other.zip\""), answered);
    }
  }

  @Test
  void modelThatCannotBeReadLeavesTheOneBefore() throws Exception {
    Path file = Files.writeString(folder.resolve("damaged"), "1");
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    try (ModelWatch watch =
        new ModelWatch(
            file,
            () -> {
              throw new IOException("it is damaged");
            },
            instance -> {},
            log::add)) {
      Files.writeString(file, "22");
      assertEquals(
          file + " has changed, but the model before goes on: it is damaged",
          log.poll(20, TimeUnit.SECONDS));
      assertNotNull(watch);
    }
  }
}
