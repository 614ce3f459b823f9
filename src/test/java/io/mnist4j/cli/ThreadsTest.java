package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The number of threads decides how long a training takes, and nothing else. */
class ThreadsTest {
  private static final String CONVOLUTIONS =
      "model.layers=[{conv2d: {filters: 4, kernel: 5}}, maxpool2d, flatten, {dense: {units: 32}}]";
  private static final String DENSE =
      "model.layers=[{dense: {units: 300}}, {dropout: {rate: 0.3}}, {dense: {units: 70}}]";

  @TempDir Path directory;

  @Test
  void fusedStepGivesTheSameBits() throws Exception {
    assertSameBits(DENSE);
  }

  @Test
  void stepOfDl4jGivesTheSameBits() throws Exception {
    assertSameBits(CONVOLUTIONS);
  }

  private void assertSameBits(String model) throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "there is one core only");
    byte[] one = parameters(model, "1");
    assertArrayEquals(one, parameters(model, "2"));
    assertArrayEquals(one, parameters(model, "auto"));
  }

  private byte[] parameters(String model, String threads) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train", "--dataset", "strokes", "--quiet"));
    arguments.addAll(List.of("--epochs", "1", "--format", "json", "--threads", threads));
    for (String setting : List.of(model, "data.limit=600")) {
      arguments.addAll(List.of("--set", setting));
    }
    Result result =
        new Mnist4jProcess(directory)
            .environment("OMP_NUM_THREADS", "2")
            .environment("OMP_WAIT_POLICY", "passive")
            .run(arguments.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode summary = new ObjectMapper().readTree(result.stdout());
    int used = summary.get("threads").asInt();
    if (threads.equals("auto")) {
      assertTrue(used >= 1 && used <= Runtime.getRuntime().availableProcessors(), "" + used);
    } else {
      assertEquals(Integer.parseInt(threads), used);
    }
    Path file = directory.resolve(summary.get("model").asText());
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry("coefficients.bin"))) {
      return in.readAllBytes();
    }
  }
}
