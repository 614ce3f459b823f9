package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class EvaluationSessionTest {
  @TempDir Path directory;
  private RunFixture runs;
  private RunSummary run;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void train() throws Exception {
    runs = new RunFixture(directory);
    run = runs.train("run");
  }

  @Test
  void modelIsTestedOnWhatItWasTrainedOn() throws Exception {
    EvaluationSummary tested = runs.evaluate(run.model(), null, notes);
    assertEquals("rows", tested.dataset());
    assertEquals(run.test().accuracy(), tested.figures().accuracy().value());
    assertEquals(List.of(), notes);
    JsonNode json = Json.parse(tested.toJson());
    assertEquals(run.test().accuracy(), json.get("test-accuracy").asDouble());
    assertEquals(2, json.get("test-accuracy-interval").size());
    assertEquals(4, json.get("confusion-matrix").size());
    assertEquals("nd4j-native", json.get("backend").asText());
    assertEquals(1, json.get("seed").asLong());
    assertTrue(json.get("device") == null, "no key of a graphics card");
  }

  @Test
  void classWithoutImagesHasNoRecall() throws Exception {
    Path three = IdxFixture.write(directory.resolve("three"), IdxFixture.rows(40, 3, 4, 6));
    JsonNode last =
        Json.parse(runs.evaluate(run.model(), three.toString(), notes).toJson())
            .get("classes")
            .get(3);
    assertEquals(0, last.get("support").asInt());
    assertTrue(last.get("recall").isNull() && last.get("recall-interval").isNull(), "" + last);
  }

  @Test
  void imagesOfAnotherSizeAreRefused() throws Exception {
    Path wide = IdxFixture.write(directory.resolve("wide"), IdxFixture.rows(40, 20, 4, 7));
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> runs.evaluate(run.model(), wide.toString(), notes));
    assertTrue(
        refused.getMessage().endsWith("takes images of 4x6; those of wide are 4x7"),
        refused.getMessage());
  }

  @Test
  void unknownDataSetIsRefused() throws Exception {
    Files.createDirectories(directory.resolve("nothing"));
    assertThrows(ConfigException.class, () -> runs.evaluate(run.model(), "mnits", notes));
  }
}
