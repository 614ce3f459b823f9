package io.mnist4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.TestedSweep;
import io.mnist4j.report.plot.Drawing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepPageTest {
  @TempDir Path directory;

  @Test
  void trialsAreRanked() throws Exception {
    SweepPage page = new SweepPage(TestedSweep.of(directory, 0.75, 0.875));
    assertEquals("s", page.name());
    assertTrue(page.lead().startsWith("A search by RANDOM over 4 settings; "), page.lead());
    assertEquals(
        List.of("trial", "state", "validation accuracy", "epochs"), page.head().subList(0, 4));
    List<List<String>> trials = page.trials();
    assertEquals(List.of("1", "complete", "0.8750", "2"), trials.get(0).subList(0, 4));
    assertEquals(List.of("0", "complete", "0.7500", "2"), trials.get(1).subList(0, 4));
    assertEquals(List.of("2", "pruned", "0.2500", "1"), trials.get(2).subList(0, 4));
    assertTrue(PageTiles.of(page.html()).contains("Best validation accuracy: 0.8750 (trial 1)"));
    assertTrue(PageTiles.of(page.html()).contains("Trials: 4 (2 complete, 1 pruned; 5 epochs)"));
    assertEquals(
        Optional.of("1 failed, the first of them, trial 3, because: no <power>"), page.failures());
    assertEquals(
        List.of("history", "importance", "parallel", "slice-0", "slice-1", "slice-2", "slice-3"),
        page.drawings().stream().map(Drawing::name).toList());
    String html = page.html();
    assertTrue(html.contains("because: no &lt;power&gt;"));
    assertTrue(html.contains("sweep --resume " + directory.resolve("s")));
    assertTrue(html.contains("log-uniform"), html);
  }

  @Test
  void sweepWithoutTrialsHasNoPlots() throws Exception {
    SweepPage page = new SweepPage(TestedSweep.of(directory));
    assertEquals(List.of(), page.drawings());
    assertEquals(Optional.empty(), page.failures());
    assertFalse(page.html().contains("<svg"));
  }
}
