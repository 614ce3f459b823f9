package io.mnist4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.SavedRuns;
import io.mnist4j.run.SavedRun;
import io.mnist4j.run.SummaryFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {
  @TempDir Path directory;

  private SavedRun run(String name, String dataset, int right) throws Exception {
    return SavedRuns.ended(directory.resolve(name), dataset, right);
  }

  private static ComparisonPage page(SavedRun... runs) {
    return new ComparisonPage(
        List.of(runs), Collections.nCopies(runs.length, Collections.emptySortedMap()));
  }

  @Test
  void bestRunIsNamed() throws Exception {
    SavedRun cut = SavedRuns.cut(directory.resolve("cut"));
    ComparisonPage page = page(run("a", "pets", 900), run("b", "pets", 980), cut);
    assertEquals("3 runs", page.title());
    assertEquals("Best on its test images: b with 98.00 %.", page.lead());
    assertEquals(
        List.of("ending", "early-stopped", "early-stopped", "not finished"),
        page.row("ending", SummaryFile::ending));
    assertEquals(List.of("epochs", "2", "2", "2"), page.epochs());
    assertEquals("None of them is finished.", page(cut).lead());
  }

  @Test
  void chanceIsNamedToo() throws Exception {
    ComparisonPage page = page(run("a", "pets", 979), run("b", "pets", 980));
    assertEquals(
        "Best on its test images: b with 98.00 %; its 95 % interval overlaps that of a.",
        page.lead());
  }

  @Test
  void differentTestImagesDoNotCompare() throws Exception {
    String warning = "figures compare within one data set alone";
    ComparisonPage same = page(run("a", "pets", 900), run("b", "pets", 980));
    assertFalse(same.html().contains(warning));
    ComparisonPage different = page(run("a", "pets", 900), run("b", "cars", 980));
    assertEquals(2, different.testSets());
    assertTrue(different.html().contains(warning));
    assertEquals("No two of them were tested on the same data.", different.lead());
    ComparisonPage three =
        page(run("a", "pets", 900), run("b", "cars", 980), run("c", "pets", 800));
    assertEquals("Best on pets: a with 90.00 %.", three.lead());
  }

  @Test
  void settingsThatAllHaveComeFirst() throws Exception {
    SavedRun a = run("a", "pets", 900);
    ComparisonPage page =
        new ComparisonPage(
            List.of(a, a),
            List.of(
                new TreeMap<>(Map.of("layers.1.units", "8", "seed", "1", "epochs", "2")),
                new TreeMap<>(Map.of("seed", "2", "epochs", "2"))));
    assertEquals(
        List.of(List.of("seed", "1", "2"), List.of("layers.1.units", "8", "-")),
        page.differences());
    assertTrue(page.html().contains("<th scope=\"row\">seed</th><td>1</td><td>2</td>"));
  }
}
