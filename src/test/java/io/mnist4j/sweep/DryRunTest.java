package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class DryRunTest {
  private static final String GRID =
      "method: grid\nspace:\n  training.batch-size: [10, 20]\n  training.epochs: {int: [1, 3]}\n";

  @TempDir Path directory;

  private DryRun dryRun(String sweep) throws Exception {
    return DryRun.of(Sweeps.read(directory, sweep));
  }

  @Test
  void gridIsShownWhole() throws Exception {
    List<String> lines = dryRun(GRID).toText().lines().toList();
    assertEquals(7, lines.size(), lines.toString());
    assertEquals("Trial 0: batch-size 10, epochs 1", lines.get(0));
    assertEquals("Trial 5: batch-size 20, epochs 3", lines.get(5));
    assertEquals("6 trials; the file is right, and nothing was run", lines.get(6));
  }

  @Test
  void trialsMayBeFewerThanTheGridHas() throws Exception {
    assertEquals(4, dryRun(GRID + "trials: 4\n").points().size());
    assertEquals(6, dryRun(GRID + "trials: 40\n").points().size());
  }

  @Test
  void ofASearchTheFirstOnesAreShown() throws Exception {
    assertTrue(
        dryRun("trials: 40\n" + Sweeps.SPACE)
            .toText()
            .endsWith("\n10 of 40 trials; the file is right, and nothing was run\n"));
    assertTrue(
        dryRun("time-limit: 1h\n" + Sweeps.SPACE)
            .toText()
            .endsWith(
                "\n10 of as many trials as the time allows; the file is right, and nothing was"
                    + " run\n"));
    assertEquals(
        dryRun("trials: 3\n" + Sweeps.SPACE).points(),
        dryRun("trials: 3\n" + Sweeps.SPACE).points(),
        "the same at each call");
  }

  @Test
  void documentHasTheSettingsOfEachTrial() throws Exception {
    JsonNode document = new ObjectMapper().readTree(dryRun(GRID).toJson());
    assertEquals(6, document.get("trials").asInt());
    assertEquals(6, document.get("settings").size());
    assertEquals(10, document.get("settings").get(0).get("training.batch-size").asInt());
  }
}
