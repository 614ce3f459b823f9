package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.store.RealMnist;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What the program promises of its accuracy, on the real MNIST. */
@EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
class MnistAccuracyTest {
  @TempDir Path directory;

  @Test
  void defaultsReachNinetyEightPercent() throws Exception {
    Path run = TrainedRuns.mnist().resolve("runs/m");
    JsonNode summary = new ObjectMapper().readTree(run.resolve("summary.json").toFile());
    assertTrue(summary.get("test-accuracy").asDouble() >= 0.9785, summary.toString());
    JsonNode evaluation = json("evaluate", run.resolve("model.zip").toString());
    assertEquals(summary.get("test-accuracy"), evaluation.get("test-accuracy"));
    assertEquals("mnist", evaluation.get("dataset").asText());
  }

  @Test
  void kerasSettingsReachWhatKerasReaches() throws Exception {
    double accuracy =
        json("train", "--config", Path.of("configs/keras.yaml").toAbsolutePath().toString())
            .get("test-accuracy")
            .asDouble();
    assertTrue(accuracy >= 0.968 && accuracy <= 0.979, "accuracy " + accuracy);
  }

  @Test
  void strokesTeachMuchOfMnist() throws Exception {
    JsonNode strokes = json("train", "--dataset", "strokes");
    assertTrue(strokes.get("test-accuracy").asDouble() >= 0.97, strokes.toString());
    JsonNode onMnist = json("evaluate", strokes.get("model").asText(), "--dataset", "mnist");
    assertTrue(onMnist.get("test-accuracy").asDouble() >= 0.60, onMnist.toString());
  }

  @Test
  void heapThatIsTooSmallForTheImagesIsNamed() throws Exception {
    Result result =
        new Mnist4jProcess(directory)
            .environment("MNIST4J_DATA", RealMnist.folder().toAbsolutePath().toString())
            .jvmFlag("-Xmx32m")
            .run("train", "--dataset", "mnist");
    assertEquals(2, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("set MNIST4J_HEAP"), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }

  private JsonNode json(String command, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 4];
    all[0] = command;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--format";
    all[arguments.length + 2] = "json";
    all[arguments.length + 3] = "--quiet";
    Result result =
        new CommandLineRun(directory)
            .environment("MNIST4J_DATA", RealMnist.folder().toAbsolutePath().toString())
            .run(all);
    assertEquals(0, result.exitCode(), result.stderr());
    return new ObjectMapper().readTree(result.stdout());
  }
}
