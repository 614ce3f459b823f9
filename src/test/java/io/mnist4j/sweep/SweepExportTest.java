package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.text.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class SweepExportTest {
  @TempDir Path directory;
  private SweepSummary summary;

  /** A trial of each end, and one that runs. */
  @BeforeEach
  void search() throws Exception {
    Sweep sweep =
        Sweeps.read(
            directory,
            "method: random\nscheduler: {median: {startup-trials: 1}}\ntrials: 4\n" + Sweeps.SPACE);
    try (SweepFolder folder = SweepFolder.create(directory.resolve("sweeps"), "a", sweep)) {
      for (int i = 0; i < 4; i++) {
        folder.ask();
      }
      folder.tellEpoch(0, 0.5);
      folder.tell(0, 0.75);
      folder.tellEpoch(1, 0.25);
      folder.tellFailed(2, "no power");
      summary = folder.summary();
    }
  }

  @Test
  void tableIsTheLeaderboard() throws Exception {
    assertEquals(
        Files.readString(summary.directory().leaderboard()), new SweepExport(summary).csv());
  }

  @Test
  void optunaGetsAStudyWithItsTrials() throws Exception {
    List<JsonNode> lines =
        new SweepExport(summary).optunaJournal().lines().map(Json::parse).toList();
    assertEquals("a", lines.get(0).get("study_name").asText());
    assertEquals("[2]", lines.get(0).get("directions").toString(), "maximize");
    assertEquals(4, lines.stream().filter(line -> line.get("op_code").asInt() == 4).count());
    List<String> ends =
        lines.stream()
            .filter(line -> line.get("op_code").asInt() == 6)
            .map(line -> line.get("trial_id") + " " + line.get("state") + " " + line.get("values"))
            .toList();
    assertEquals(List.of("0 1 [0.75]", "1 2 [0.25]", "2 3 null"), ends);
    JsonNode name =
        lines.stream()
            .filter(line -> line.path("param_name").asText().equals("training.optimizer.name"))
            .findFirst()
            .orElseThrow();
    JsonNode distribution = Json.parse(name.get("distribution").asText());
    assertEquals("CategoricalDistribution", distribution.get("name").asText());
    int index = name.get("param_value_internal").asInt();
    assertEquals(
        summary.trials().get(0).orElseThrow().point().values().get("training.optimizer.name"),
        distribution.get("attributes").get("choices").get(index).asText());
    assertTrue(
        lines.stream()
            .anyMatch(
                line -> line.path("user_attr").toString().equals("{\"failed\":\"no power\"}")));
  }

  @Test
  void tensorBoardGetsAFolderForEachTrial() throws Exception {
    Path board = directory.resolve("board");
    new SweepExport(summary).tensorBoard(board);
    for (int trial = 0; trial < 4; trial++) {
      String events = events(board.resolve("trial-" + trial));
      assertTrue(events.contains("_hparams_/session_start_info"));
      assertTrue(events.contains("training.optimizer.learning-rate"));
      assertEquals(trial < 3, events.contains("_hparams_/session_end_info"));
      assertEquals(trial < 2, events.contains("accuracy/validation"));
      assertFalse(events.contains("samples-per-second"), "the journal does not know");
    }
  }

  private static String events(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.readString(files.findFirst().orElseThrow(), StandardCharsets.ISO_8859_1);
    }
  }
}
