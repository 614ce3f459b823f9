package io.mnist4j.cli;

import static io.mnist4j.cli.Mnist4jProcess.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import io.mnist4j.data.store.RealMnist;
import io.mnist4j.model.foreign.ModelFiles;
import io.mnist4j.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code evaluate} and {@code export} with models that other programs wrote. */
class ForeignModelTest {
  @TempDir Path directory;

  @Test
  void rawPixelsAreFoundOutAndSaid() throws Exception {
    Result result =
        run("evaluate", file("keras3-bytes.h5"), "--dataset", "strokes", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode json = new ObjectMapper().readTree(result.stdout());
    // Trained on MNIST; of the strokes it reads 88 %, and 11 % where it gets the wrong range.
    assertTrue(json.get("test-accuracy").asDouble() > 0.8, result.stdout());
    assertTrue(json.get("seed").isNull(), result.stdout());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
    assertTrue(result.stderr().contains("it seems to take pixels of 0..255"), result.stderr());
  }

  @Test
  @EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
  void kerasAccuracyOnMnist() throws Exception {
    Result result =
        new CommandLineRun(directory)
            .environment("MNIST4J_DATA", RealMnist.folder().toString())
            .run("evaluate", file("keras3-mlp.h5"));
    assertEquals(0, result.exitCode(), result.stderr());
    // The figure that Keras itself printed when the file was made.
    assertTrue(result.stdout().contains("0.9390"), result.stdout());
    assertTrue(
        result
            .stderr()
            .contains("does not say which data it was trained on; it is tested on mnist"),
        result.stderr());
  }

  @Test
  void whatCannotBeReadIsOneLine() throws Exception {
    assertRefused(
        run("evaluate", file("keras3-branches.h5")),
        3,
        "its layer 'conv2d_6' (Conv2D) has the same input as 'conv2d_5'");
    assertRefused(
        run("evaluate", file("keras3-bytes.h5"), "--scale", "0-255"), 2, "such as 0..1, 0..255");
  }

  @Test
  void evaluatesAndPredictsWithWhatItExported() throws Exception {
    Files.copy(Path.of(file("keras3-cnn.h5")), directory.resolve("digits.h5"));
    for (String format : List.of("onnx", "safetensors")) {
      Result exported = run("export", "digits.h5", "--format", format, "--scale", "0..1");
      assertEquals(0, exported.exitCode(), exported.stderr());
      assertTrue(exported.stdout().contains("max difference"), exported.stdout());
    }
    String[] evaluation = {"--dataset", "strokes", "--format", "json"};
    String expected = accuracy("digits.h5", evaluation);
    assertEquals(expected, accuracy("digits.onnx", evaluation));
    assertEquals(expected, accuracy("digits.safetensors", evaluation));
  }

  private String accuracy(String model, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of("evaluate", model));
    all.addAll(List.of(more));
    Result result = run(all.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.stderr());
    return Json.parse(result.stdout()).get("test-accuracy").asText();
  }

  @Test
  void optionsOfOnnxAreOfOnnxAlone() throws Exception {
    String model = file("keras3-mlp.h5");
    String out = directory.resolve("m").toString();
    Result fixed = run("export", model, "-o", out + ".onnx", "--opset", "13", "--batch", "1");
    assertEquals(0, fixed.exitCode(), fixed.stderr());
    assertTrue(fixed.stdout().contains("takes pixels: float32 [1, 784]"), fixed.stdout());
    assertRefused(
        run("export", model, "-o", out + ".h5", "--opset", "13"), 2, "are of --format onnx");
    assertRefused(
        run("export", model, "-o", out + ".onnx", "--opset", "9"), 2, "--opset must be 11 to 21");
    assertRefused(
        run("export", model, "-o", out + ".onnx", "--batch", "0"), 2, "--batch must be at least 1");
  }

  @Test
  void exportsBesideTheModelAndNeverOverIt() throws Exception {
    Path model = Files.copy(Path.of(file("keras3-cnn.h5")), directory.resolve("digits.h5"));
    byte[] content = Files.readAllBytes(model);
    Result result = run("export", "digits.h5", "--format", "onnx");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals(
        "digits.onnx: takes pixels: float32 [batch, 1, 28, 28], pixels / 255, 0 is paper and 1"
            + " is ink; gives probabilities: float32 [batch, 10]\n"
            + "digits.onnx: read back: max difference 0 to the model, over 256 images",
        result.stdout().strip());
    assertTrue(
        result.stderr().contains("digits.h5: it seems to take pixels of 0..1"), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
    assertTrue(Files.size(directory.resolve("digits.onnx")) > 14_000);

    assertRefused(
        run("export", "digits.h5", "--output", "digits.h5"), 2, "digits.h5 would be overwritten");
    assertEquals(0, run("export", "digits.h5", "--format", "keras-h5").exitCode());
    assertArrayEquals(content, Files.readAllBytes(model));
    assertRefused(run("export", "digits.h5"), 2, "say what to write with --format onnx, keras-h5");
    assertRefused(
        run("export", "digits.h5", "--format", "pt"), 2, "--format must be onnx, keras-h5, dl4j");
    assertRefused(
        run("export", "digits.h5", "-o", "none/digits.onnx"),
        3,
        "none/digits.onnx: there is no such folder");
    assertRefused(
        run("export", "digits.h5", "-o", "digits.pt"),
        2,
        "the name digits.pt tells no format; say what to write with --format onnx, keras-h5");
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          List.of("digits-keras-h5.h5", "digits.h5", "digits.onnx"),
          files
              .map(path -> path.getFileName().toString())
              .filter(n -> !n.startsWith("."))
              .sorted()
              .toList());
    }
  }

  private static String file(String name) {
    return ModelFiles.file(name).toString();
  }

  private Result run(String... args) throws Exception {
    return new CommandLineRun(directory).run(args);
  }
}
