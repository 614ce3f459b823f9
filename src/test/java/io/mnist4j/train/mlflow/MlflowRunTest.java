package io.mnist4j.train.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.train.EpochMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an MLflow server is told of a training, and what becomes of one that fails. */
class MlflowRunTest {
  private static final String ARTIFACTS = "mlflow-artifacts:/7/r1/artifacts";

  @TempDir Path directory;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  private void train(Map<String, String> environment) throws Exception {
    Path model = Files.write(directory.resolve("model.zip"), new byte[123]);
    try (MlflowRun run =
        MlflowRun.begin(environment, "first", Map.of("model.layers[0].units", "128"), notes::add)) {
      run.onEpoch(new EpochMetrics(1, 0.5, 0.25, 0.875, 2));
      run.finish(Map.of("test-accuracy", 0.75), 1, List.of(model, directory.resolve("missing")));
    }
  }

  @Test
  void serverIsToldTheRun() throws Exception {
    try (MlflowServerStub server = new MlflowServerStub(ARTIFACTS)) {
      train(Map.of("MLFLOW_TRACKING_URI", server.uri() + "/"));
      String api = "/api/2.0/mlflow/";
      List<String> told =
          server.told().stream()
              .map(line -> line.replaceAll("\"(start_time|end_time|timestamp)\":\\d+", "\"$1\":0"))
              .toList();
      assertEquals(8, told.size(), told.toString());
      assertEquals("GET " + api + "experiments/get-by-name?experiment_name=mnist4j ", told.get(0));
      assertEquals("POST " + api + "experiments/create {\"name\":\"mnist4j\"}", told.get(1));
      assertTrue(told.get(2).contains("\"run_name\":\"first\""), told.get(2));
      assertTrue(told.get(2).contains("\"experiment_id\":\"7\""), told.get(2));
      assertTrue(told.get(3).contains("\"key\":\"model.layers_0_.units\""), told.get(3));
      assertTrue(told.get(4).contains("\"value\":0.875"), told.get(4));
      assertTrue(told.get(4).contains("\"step\":1"), told.get(4));
      assertTrue(told.get(5).contains("\"key\":\"test-accuracy\""), told.get(5));
      assertEquals(
          "PUT /api/2.0/mlflow-artifacts/artifacts/7/r1/artifacts/model.zip 123 bytes",
          told.get(6));
      assertTrue(told.get(7).contains("\"status\":\"FINISHED\""), told.get(7));
    }
    assertEquals(List.of(), notes);
  }

  @Test
  void nameAndExperimentAreThoseOfMlflowsVariables() throws Exception {
    try (MlflowServerStub server = new MlflowServerStub(ARTIFACTS)) {
      train(
          Map.of(
              "MLFLOW_TRACKING_URI",
              server.uri(),
              "MLFLOW_EXPERIMENT_NAME",
              "of mine",
              "MLFLOW_TRACKING_USERNAME",
              "ann",
              "MLFLOW_TRACKING_PASSWORD",
              "secret"));
      String first = server.told().get(0);
      assertTrue(first.contains("experiment_name=of+mine"), first);
      assertTrue(first.endsWith("Basic YW5uOnNlY3JldA=="), first);
    }
  }

  @Test
  void filesInAnotherStoreAreNotSent() throws Exception {
    try (MlflowServerStub server = new MlflowServerStub("s3://bucket/7")) {
      train(Map.of("MLFLOW_TRACKING_URI", server.uri()));
      assertTrue(server.told().stream().noneMatch(line -> line.startsWith("PUT")));
      assertEquals(1, notes.size());
      assertTrue(notes.get(0).contains("keeps files at s3://bucket/7"), notes.get(0));
    }
  }

  @Test
  void serverThatFailsIsLeftAlone() throws Exception {
    try (MlflowServerStub server = new MlflowServerStub(ARTIFACTS, 4)) {
      train(Map.of("MLFLOW_TRACKING_URI", server.uri()));
      assertEquals(5, server.told().size());
      assertEquals(
          List.of(
              "MLflow at %s is told nothing more of this run: /api/2.0/mlflow/runs/log-batch answers with status 500"
                  .formatted(server.uri())),
          notes);
    }
  }

  @Test
  void trainingThatEndsOtherwiseHasFailed() throws Exception {
    try (MlflowServerStub server = new MlflowServerStub(ARTIFACTS)) {
      MlflowRun.begin(Map.of("MLFLOW_TRACKING_URI", server.uri()), "cut", Map.of(), notes::add)
          .close();
      String last = server.told().get(server.told().size() - 1);
      assertTrue(last.contains("\"status\":\"FAILED\""), last);
    }
  }

  @Test
  void nothingIsSentWithoutAServer() throws Exception {
    train(Map.of());
    assertEquals(List.of(), notes);
    train(Map.of("MLFLOW_TRACKING_URI", "file:/tmp/runs"));
    assertEquals(
        List.of("MLFLOW_TRACKING_URI is 'file:/tmp/runs', and only http and https are spoken here"),
        notes);
  }

  private Result trained(String uri) throws Exception {
    return new Mnist4jProcess(directory)
        .environment("MLFLOW_TRACKING_URI", uri)
        .run(
            "train",
            "--dataset",
            "strokes",
            "--epochs",
            "1",
            "--name",
            "told",
            "--set",
            "data.limit=500");
  }

  @Test
  void commandTellsIt() throws Exception {
    try (MlflowServerStub server = new MlflowServerStub(ARTIFACTS)) {
      Result result = trained(server.uri());
      assertEquals(0, result.exitCode(), result.stderr());
      String all = String.join("\n", server.told());
      assertTrue(all.contains("\"run_name\":\"told\""), all);
      assertTrue(all.contains("\"key\":\"training.epochs\""), all);
      for (String file : List.of("model.zip", "config.yaml", "summary.json", "metrics.csv")) {
        assertTrue(all.contains("/artifacts/" + file + " "), all);
      }
      assertTrue(all.contains("FINISHED"), all);
    }
  }

  @Test
  void deadServerDoesNotEndATraining() throws Exception {
    Result result = trained("http://127.0.0.1:9");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(
        result.stderr().contains("MLflow at http://127.0.0.1:9 is told nothing more"),
        result.stderr());
    assertTrue(Files.exists(directory.resolve("runs/told/model.zip")));
  }
}
