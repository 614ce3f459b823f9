package io.mnist4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.SavedRuns;
import io.mnist4j.report.TestedModel;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.run.EvaluationSummary;
import io.mnist4j.run.SavedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPageTest {
  @TempDir Path directory;

  @Test
  void cutRunIsShownSoFar() throws Exception {
    SavedRun run = SavedRuns.cut(directory);
    RunPage page = new RunPage(run, Optional.empty(), "");
    assertEquals("A run of mnist4j.", page.lead());
    assertEquals(
        List.of("Epochs so far: 2", "Validation accuracy: 95.00 %", "Validation loss: 0.3000"),
        PageTiles.of(page.html()));
    assertEquals(1, page.notes().size());
    assertTrue(page.notes().get(0).contains("train --resume " + directory), page.notes().get(0));
    assertEquals(List.of("loss", "accuracy"), names(page.drawings()));
    assertTrue(
        page.html()
            .contains(
                "<th scope=\"row\">2</th><td>0.2500</td><td>0.3000</td><td>0.9500</td><td>0.9300</td>"
                    + "<td>0.00100</td>"),
        page.html());
  }

  @Test
  void endedRunWithoutItsImagesSaysWhy() throws Exception {
    SavedRun run = SavedRuns.ended(directory, "pets", 980);
    RunPage page = new RunPage(run, Optional.empty(), "they are <gone>");
    assertEquals("Trained on pets; stopped early, 2026-01-02 03:04:05 UTC.", page.lead());
    assertEquals(List.of("Without the test images: they are <gone>"), page.notes());
    assertEquals(
        List.of(
            "Test accuracy: 98.00 % (95 % interval 96.93 % to 98.70 %)",
            "Test loss: 0.1250",
            "Epochs: 2 (the network is that of epoch 1)",
            "Training: 2:30 min (12,346 samples/s)",
            "Parameters: 93"),
        PageTiles.of(page.html()));
    String html = page.html();
    assertTrue(html.contains("they are &lt;gone&gt;"), html);
    assertFalse(html.contains("Where it comes from"));
  }

  @Test
  void testedRunShowsWhatTheTestShowed() throws Exception {
    EvaluationSummary test = TestedModel.at(directory.resolve("model.zip"));
    RunPage page = new RunPage(SavedRuns.ended(directory, "pets", 980), Optional.of(test), "");
    assertTrue(
        page.notes().get(0).startsWith("Tested again, the network named 3 of 6 images rightly"),
        "the data is another");
    assertEquals(
        List.of("loss", "accuracy", "confusion", "classes", "calibration", "mistakes", "weights"),
        names(page.drawings()));
    assertTrue(PageTiles.of(page.html()).contains("Worst class: cat (F1 0.4000)"));
    String html = page.html();
    assertTrue(html.contains("<th scope=\"row\">images</th><td>abc123</td>"));
    assertTrue(html.contains("<th scope=\"row\">layers</th><td>OutputLayer (93 parameters)</td>"));
    assertTrue(html.contains("The most frequent confusions; 3 in all"));
    assertTrue(html.contains("<th scope=\"row\">cat</th><td>dog</td><td>2</td><td>66.7 %</td>"));
  }

  @Test
  void perfectNetworkHasNothingToConfess() throws Exception {
    EvaluationSummary test = TestedModel.withoutMistakes(directory.resolve("model.zip"));
    String html = new RunPage(SavedRuns.cut(directory), Optional.of(test), "").html();
    assertTrue(html.contains("<p>Nothing was confused.</p>"));
    assertTrue(html.contains("<p>None: every test image was named rightly.</p>"));
  }

  private static List<String> names(List<Drawing> drawings) {
    return drawings.stream().map(Drawing::name).toList();
  }
}
