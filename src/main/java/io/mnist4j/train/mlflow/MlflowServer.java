package io.mnist4j.train.mlflow;

import io.mnist4j.text.Json;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.databind.JsonNode;

/** The REST interface of MLflow, version 2.0: each call waits for its answer. */
final class MlflowServer {
  private static final String API = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final int NOT_FOUND = 404;

  private final String base;
  private final Optional<String> authorization;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .proxy(ProxySelector.getDefault())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /** A run as the server knows it. */
  record RemoteRun(String id, String artifacts) {}

  /**
   * @param uri of the server, http or https
   * @param environment with MLflow's own variables of a name and password, or of a token
   */
  MlflowServer(String uri, Map<String, String> environment) {
    base = uri.replaceFirst("/+$", "");
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    if (user != null) {
      String pair = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      authorization = Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    } else {
      authorization = Optional.ofNullable(token).map(text -> "Bearer " + text);
    }
  }

  /** The experiment's id; it is made where there is none of that name. */
  String experiment(String name) throws IOException, InterruptedException {
    String query = "?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    HttpResponse<String> found = send(request(API + "experiments/get-by-name" + query).GET());
    if (found.statusCode() != NOT_FOUND) {
      return json(found).path("experiment").path("experiment_id").asText();
    }
    return post("experiments/create", Map.of("name", name)).path("experiment_id").asText();
  }

  /** Begins a run. */
  RemoteRun create(String experiment, String name, long startMillis)
      throws IOException, InterruptedException {
    JsonNode info =
        post(
                "runs/create",
                Map.of("experiment_id", experiment, "run_name", name, "start_time", startMillis))
            .path("run")
            .path("info");
    return new RemoteRun(info.path("run_id").asText(), info.path("artifact_uri").asText());
  }

  JsonNode post(String method, Map<String, ?> body) throws IOException, InterruptedException {
    return json(
        send(
            request(API + method)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.line(body)))));
  }

  /**
   * Whether the server takes the artifacts of a run itself, and not another store that has to be
   * asked by its own means.
   */
  static boolean takesArtifacts(RemoteRun run) {
    return run.artifacts().startsWith("mlflow-artifacts:");
  }

  /** Sends a file to those of a run. */
  void upload(RemoteRun run, Path file) throws IOException, InterruptedException {
    String folder = URI.create(run.artifacts()).getPath();
    BodyPublisher content = BodyPublishers.ofFile(file);
    json(send(request(ARTIFACTS + folder + "/" + file.getFileName()).PUT(content)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answers with status %d".formatted(response.uri().getPath(), response.statusCode()));
    }
    try {
      return Json.parse(response.body().isBlank() ? "{}" : response.body());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s %s".formatted(response.uri().getPath(), e.getMessage()), e);
    }
  }
}
