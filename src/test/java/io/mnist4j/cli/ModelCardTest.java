package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.model.foreign.ModelFile;
import io.mnist4j.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code export --format card} says, and that the files say it too. */
class ModelCardTest {
  @TempDir Path directory;
  private Path run;

  @BeforeEach
  void copyRun() throws Exception {
    run = directory.resolve("runs/m");
    Files.createDirectories(run);
    PathUtils.copyDirectory(TrainedRuns.strokes().resolve("runs/m"), run);
  }

  @Test
  void headAgreesWithTheSummary() throws Exception {
    Result result = export("runs/m", "--format", "card", "--license", "apache-2.0");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("runs/m/README.md: the card of runs/m/model.zip\n", result.stdout());
    Map<?, ?> head = head(run.resolve("README.md"));
    JsonNode summary = Json.parse(Files.readString(run.resolve("summary.json")));
    assertEquals("apache-2.0", head.get("license"));
    assertEquals("deeplearning4j", head.get("library_name"));
    assertEquals(List.of("strokes"), head.get("datasets"));
    Map<?, ?> entry = (Map<?, ?>) ((List<?>) head.get("model-index")).get(0);
    assertEquals("m", entry.get("name"));
    Map<?, ?> first = (Map<?, ?>) ((List<?>) entry.get("results")).get(0);
    assertEquals("image-classification", ((Map<?, ?>) first.get("task")).get("type"));
    assertEquals("strokes", ((Map<?, ?>) first.get("dataset")).get("type"));
    Map<?, ?> metric = (Map<?, ?>) ((List<?>) first.get("metrics")).get(0);
    assertEquals("accuracy", metric.get("type"));
    assertEquals(summary.get("test-accuracy").asDouble(), metric.get("value"));

    String card = Files.readString(run.resolve("README.md"));
    for (String said :
        List.of(
            "# m\n",
            "| `training.epochs` | `2` |",
            "## Data",
            "on 10,000 images",
            "| training images | 60,000 |",
            "101,770",
            "- No file has the figures of each class")) {
      assertTrue(card.contains(said), said + " in\n" + card);
    }
    assertTrue(!card.contains("## Evaluation") && !card.contains("## Groups"), card);
  }

  @Test
  void saysWhatOtherFilesOfTheRunKnow() throws Exception {
    Result evaluated =
        new CommandLineRun(directory).run("evaluate", run.toString(), "--output", run.toString());
    assertEquals(0, evaluated.exitCode(), evaluated.stderr());
    Files.writeString(
        run.resolve("groups.json"),
        """
        {"table": "who.csv", "column": "hand", "groups": [{"group": "left | <b>", "images": 12,
         "accuracy": 0.75, "accuracy-interval": [0.5, 0.9], "calibration-error": null}]}
        """);
    Path summary = run.resolve("summary.json");
    Files.writeString(
        summary,
        Files.readString(summary)
            .replaceFirst("\\{", "{\"epsilon\": 2.5, \"energy-joules\": 321.0,"));
    export("runs/m", "--format", "card");
    String card = Files.readString(run.resolve("README.md"));
    JsonNode evaluation = Json.parse(Files.readString(run.resolve("evaluation.json")));
    JsonNode three = evaluation.get("classes").get(3);
    String row =
        "| 3 | %,d | %.4f | %.4f-%.4f | %.4f |"
            .formatted(
                three.get("support").asInt(),
                three.get("precision").asDouble(),
                three.get("precision-interval").get(0).asDouble(),
                three.get("precision-interval").get(1).asDouble(),
                three.get("recall").asDouble());
    assertTrue(card.contains(row), row + " in\n" + card);
    assertTrue(card.contains("| left \\| \\<b\\> | 12 | 0.7500 | 0.5000-0.9000 | - |"), card);
    assertTrue(card.contains("| ε | 2.500 |") && card.contains("| energy | 321 J |"), card);
    assertTrue(card.contains("calibration error (ECE, 15 bins)"), card);
    Map<?, ?> entry =
        (Map<?, ?>) ((List<?>) head(run.resolve("README.md")).get("model-index")).get(0);
    Map<?, ?> only = (Map<?, ?>) ((List<?>) entry.get("results")).get(0);
    assertEquals(
        List.of("accuracy", "loss", "f1", "precision", "recall", "ece"),
        ((List<?>) only.get("metrics")).stream().map(m -> ((Map<?, ?>) m).get("type")).toList());
  }

  @Test
  void modelsAloneHaveCardsToo() throws Exception {
    Files.copy(run.resolve("model.zip"), directory.resolve("alone.zip"));
    Result own = export("alone.zip", "--format", "card", "-o", "own.md");
    assertEquals(0, own.exitCode(), own.stderr());
    assertTrue(head(directory.resolve("own.md")).get("model-index") != null);
    String keras = Path.of("src/test/resources/models/keras3-bytes.h5").toAbsolutePath().toString();
    Result foreign = export(keras, "--format", "card", "-o", "keras.md");
    assertEquals(0, foreign.exitCode(), foreign.stderr());
    String card = Files.readString(directory.resolve("keras.md"));
    assertTrue(card.contains("written by Keras 3"), card);
    assertTrue(!card.contains("model-index"), card);
    assertTrue(card.contains("paper and ink are `0..255`"), card);
    assertEquals("keras", head(directory.resolve("keras.md")).get("library_name"));
    assertTrue(card.contains("- No file tells how it was tested."), card);
  }

  @Test
  void wrongUse() throws Exception {
    assertRefused(
        export("runs/m", "--format", "onnx", "--license", "mit"), 2, "--license goes into a card");
    assertRefused(
        export("runs/m", "--format", "card", "--license", "a: b"), 2, "takes an identifier");
    Files.writeString(run.resolve("evaluation.json"), "{");
    assertRefused(export("runs/m", "--format", "card"), 3, "evaluation.json is not JSON");
  }

  @Test
  void hubHasTheCardAndTheModelForOthers() throws Exception {
    Result result = export("runs/m", "--format", "hub", "--license", "mit");
    assertEquals(0, result.exitCode(), result.stderr());
    Path hub = run.resolve("hub");
    assertEquals("mit", head(hub.resolve("README.md")).get("license"));
    String card = Files.readString(hub.resolve("README.md"));
    assertTrue(card.contains("- `model.onnx` takes pixels: float32 [batch, 784]"), card);
    JsonNode config = Json.parse(Files.readString(hub.resolve("config.json")));
    assertEquals("7", config.get("id2label").get("7").asText());
    assertEquals("Linear", config.get("layers").get(0).get("type").asText());
    for (String name : List.of("model.onnx", "model.safetensors")) {
      assertTrue(
          result.stdout().contains("hub: %s: read back: max difference".formatted(name)),
          result.stdout());
      assertEquals(10, ModelFile.read(hub.resolve(name)).provenance().labels().size());
    }
  }

  @Test
  void hubMayBeOneZip() throws Exception {
    Result result = export("runs/m", "--format", "hub", "-o", "digits.zip");
    assertEquals(0, result.exitCode(), result.stderr());
    try (ZipFile zip = new ZipFile(directory.resolve("digits.zip").toFile())) {
      assertEquals(
          List.of("model.safetensors", "config.json", "model.onnx", "README.md"),
          zip.stream().map(ZipEntry::getName).toList());
    }
  }

  private Result export(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "export";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new CommandLineRun(directory).run(all);
  }

  private static Map<?, ?> head(Path card) throws Exception {
    String text = Files.readString(card);
    assertTrue(text.startsWith("---\n"), text);
    String yaml = text.substring(4, text.indexOf("\n---\n", 4) + 1);
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
