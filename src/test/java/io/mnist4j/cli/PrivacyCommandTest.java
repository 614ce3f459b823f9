package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class PrivacyCommandTest {
  @TempDir Path directory;

  private Result privacy(String... options) throws Exception {
    String[] all = new String[options.length + 1];
    all[0] = "privacy";
    System.arraycopy(options, 0, all, 1, options.length);
    return new CommandLineRun(directory).run(all);
  }

  @Test
  void epsilonFollowsFromNoise() throws Exception {
    Result result = privacy("--noise", "1.1", "--batch-size", "256", "--epochs", "60");
    assertEquals(0, result.exitCode(), result.stderr());
    assertEquals("", result.stderr());
    String text = result.stdout();
    assertTrue(text.startsWith("Privacy: epsilon 2.6003 at delta 1e-5"), text);
    assertTrue(text.contains("14,100 steps"), text);
    assertTrue(text.contains("Mironov, Talwar and Zhang 2019"), text);
    assertTrue(text.contains("Canonne, Kamath and Steinke 2020"), text);
    // Opacus' table of before 2020 has 3.01, with 234 steps an epoch.
    assertTrue(text.contains("(Mironov 2017, proposition 3): epsilon 3.0124"), text);
  }

  @Test
  void noiseFollowsFromEpsilon() throws Exception {
    Result result =
        privacy("--epsilon", "2.6003", "--batch-size", "256", "--epochs", "60", "--format", "json");
    assertEquals(0, result.exitCode(), result.stderr());
    JsonNode json = new ObjectMapper().readTree(result.stdout());
    assertEquals(1.1, json.get("noise").asDouble(), 1e-3);
    assertEquals(2.6003, json.get("epsilon").asDouble(), 1e-4);
    assertEquals(256 / 60_000.0, json.get("sampling-rate").asDouble(), 1e-12);
    assertEquals(14_100, json.get("steps").asInt());
  }

  @Test
  void batchesAreAtMostAllImages() throws Exception {
    Result result =
        privacy("--noise", "5", "--images", "100", "--batch-size", "300", "--epochs", "7");
    assertTrue(result.stdout().contains("7 steps"), result.stdout());
    assertTrue(result.stdout().contains("probability 1.000 (100 expected)"), result.stdout());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--delta 1e-6 | --noise or --epsilon is missing",
        "--noise 1 --epsilon 1 | --noise and --epsilon cannot both be given",
        "--noise 0 | --noise must be above 0, not 0.0",
        "--noise NaN | --noise must be above 0, not NaN",
        "--epsilon -1 | --epsilon must be above 0, not -1.0",
        "--epsilon 1e-9 | --epsilon must be larger, not 1e-9",
        "--epsilon 1e9 | --epsilon must be smaller, not 1e9",
        "--noise 1 --delta 1 | --delta must be above 0 and below 1, not 1.0",
        "--noise 1 --epochs 0 | --epochs must be at least 1 and at most 100000, not 0",
        "--noise 1 --images 0 | --images must be at least 1, not 0",
        "--noise 1 --batch-size 0 | --batch-size must be at least 1, not 0",
        "--noise much | --noise must be a number, not 'much'",
      })
  void whatMakesNoSenseIsRefused(String options, String message) throws Exception {
    Result result = privacy(options.split(" "));
    assertEquals(2, result.exitCode(), result.stderr());
    assertTrue(result.stderr().startsWith("mnist4j: " + message), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }
}
