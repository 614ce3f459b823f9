package io.mnist4j.sweep.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Choice;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.SearchSpace;
import io.mnist4j.text.KebabCaseTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JournalEntryTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              new Parameter("rate", new FloatDomain(1e-5, 1, true)),
              new Parameter("units", new IntDomain(1, 64, false)),
              new Parameter("layers", new Choice(List.of(List.of("flatten"), List.of())))));

  static List<JournalEntry> entries() {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("rate", Math.nextUp(0.1));
    point.put("units", 64);
    point.put("layers", List.of("flatten"));
    return List.of(
        new JournalEntry.Begun(1, "a \"set\"", new TreeMap<>(Map.of("train", "ab", "test", "cd"))),
        new JournalEntry.Started(0, point, 1.25),
        new JournalEntry.Progressed(0, 3, 1 / 3.0, Math.PI, 2 / 3.0, 0.125),
        new JournalEntry.Progressed(
            0, 1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 0),
        new JournalEntry.Ended(2, TrialState.PRUNED, 0, "line\nbreak", 4.5, false),
        new JournalEntry.Ended(3, TrialState.FAILED, 0, "no power", 5, true),
        new JournalEntry.Finished(1, "mnist", 10_000_000_000L, 1 / 7.0, 1e-300, 2.5));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entryIsReadAsTheVeryNumbersThatWereWritten(JournalEntry entry) {
    String line = entry.toLine();
    assertEquals(1, line.lines().count(), line);
    assertEquals(entry, JournalEntry.parse(line, SPACE));
  }

  /** Other programs read it too. */
  @Test
  void linesAreAsDocumented() {
    assertEquals(
        "{\"event\":\"ended\",\"trial\":2,\"state\":\"pruned\",\"best-epoch\":0,"
            + "\"reason\":\"not among the best after epoch 2\",\"elapsed\":1.235}",
        new JournalEntry.Ended(
                2, TrialState.PRUNED, 0, "not among the best after epoch 2", 1.23456, false)
            .toLine());
    assertEquals(
        "{\"event\":\"begun\",\"version\":1,\"dataset\":\"mnist\",\"content-sha256\":{\"a\":\"00\"}}",
        new JournalEntry.Begun(1, "mnist", new TreeMap<>(Map.of("a", "00"))).toLine());
    assertEquals(
        "{\"event\":\"epoch\",\"trial\":2,\"epoch\":1,\"train-loss\":0.5,\"validation-loss\":0.5,"
            + "\"validation-accuracy\":0.75,\"seconds\":1.0,\"validation-images\":6000}",
        new JournalEntry.Progressed(2, 1, 0.5, 0.5, 0.75, 1, null, null, 6000).toLine());
    assertEquals(
        "{\"event\":\"started\",\"trial\":2,\"settings\":{},\"elapsed\":1.5,\"agent\":\"node7-1-ab\"}",
        new JournalEntry.Started(2, Map.of(), 1.5, "node7-1-ab").toLine());
  }

  @Test
  void linesOfVersion010AreWrittenAsTheyWereButForTheSpelling() throws Exception {
    Path sweep = Path.of("src", "test", "resources", "v0.1.0", "sweep");
    SearchSpace space = Sweep.read(sweep.resolve("sweep.yaml"), List.of(), List.of()).space();
    List<String> lines = Files.readAllLines(sweep.resolve("journal.jsonl"));
    assertEquals(11, lines.size());
    for (String line : lines) {
      String written = JournalEntry.parse(line, space).toLine();
      assertEquals(KebabCaseTest.keys(line), written);
      assertEquals(written, JournalEntry.parse(written, space).toLine());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                   | is not JSON",
        "{\"trial\": 1}                      | lacks \"event\"",
        "{\"event\": \"lunch\"}              | has the unknown event",
        "{\"event\": \"ended\", \"trial\": -1} | has no number of a trial",
        "{\"event\": \"epoch\", \"trial\": 1}  | lacks \"epoch\"",
        "{\"event\": \"started\", \"trial\": 1, \"settings\": {}, \"elapsed\": \"soon\"} | has a"
            + " value of another type for \"elapsed\"",
      })
  void saysWhatIsWrongWithALine(String line, String expected) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> JournalEntry.parse(line, SPACE))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }
}
