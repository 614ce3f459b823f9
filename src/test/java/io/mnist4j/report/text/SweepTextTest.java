package io.mnist4j.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.TestedSweep;
import io.mnist4j.sweep.ShortNames;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTextTest {
  @TempDir Path directory;

  @Test
  void resultNamesTheBest() throws Exception {
    SweepSummary summary = TestedSweep.of(directory, 0.75, 0.875);
    assertEquals("4 trials: 2 complete, 1 pruned, 1 failed", SweepText.counts(summary));
    List<String> lines = SweepText.of(summary).lines().toList();
    assertEquals("4 trials: 2 complete, 1 pruned, 1 failed in 0 s", lines.get(0));
    assertTrue(
        lines.get(1).startsWith("Best: trial 1, validation accuracy 0.8750; "), lines.get(1));
    assertEquals(2, lines.size(), "there was no final test");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertEquals("0 trials", SweepText.counts(TestedSweep.of(empty)));
  }

  @Test
  void trialIsALine() throws Exception {
    SweepSummary summary = TestedSweep.of(directory, 0.75);
    Objective objective = summary.sweep().settings().objective();
    ShortNames names = new ShortNames(summary.sweep().space());
    List<Trial> trials = List.copyOf(summary.trials().all());
    String settings = "; " + names.text(trials.get(0).point());
    assertEquals(
        "Trial 0: 0.7500 after 2 epochs, best so far" + settings,
        SweepText.of(trials.get(0), objective, names, true));
    assertEquals(
        "Trial 0: 0.7500 after 2 epochs" + settings,
        SweepText.of(trials.get(0), objective, names, false));
    assertTrue(
        SweepText.of(trials.get(1), objective, names, false)
            .startsWith("Trial 1: 0.2500 after 1 epoch, pruned; "));
    assertTrue(
        SweepText.of(trials.get(2), objective, names, false)
            .startsWith("Trial 2: no result, failed (no <power>); "));
  }
}
