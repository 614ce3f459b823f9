package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.TestedSweep;
import io.mnist4j.report.plot.DrawnShape.Disc;
import io.mnist4j.report.plot.DrawnShape.Line;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link HistoryPlot}, {@link ImportancePlot}, {@link SlicePlot} and {@link ParallelPlot}. */
class SweepPlotsTest {
  @TempDir Path directory;

  private SweepTrials trials(double... values) throws Exception {
    return SweepTrials.of(TestedSweep.of(directory, values));
  }

  @Test
  void failedTrialsAreNotShown() throws Exception {
    SweepTrials trials = trials(0.75, 0.875, 0.625);
    assertEquals(4, trials.shown().size());
    assertEquals(3, trials.ranking().size());
    assertEquals(1, trials.ranking().get(0).number());
  }

  @Test
  void historyRisesWithTheBest() throws Exception {
    Drawing drawing = HistoryPlot.draw(trials(0.75, 0.625, 0.875));
    assertEquals("4 trials; the best is number 2 with 0.8750.", drawing.description());
    List<Line> lines = Shapes.of(drawing, Line.class);
    List<DrawnShape.PlotPoint> best = lines.get(lines.size() - 1).points();
    // First value; step to the second that is better; the right edge.
    assertEquals(4, best.size());
    assertTrue(best.get(3).y() < best.get(0).y());
    assertEquals(best.get(0).y(), best.get(1).y(), "the second trial is worse");
    assertTrue(Shapes.tips(drawing).get(0).startsWith("Trial 0: 0.7500; "));
    assertTrue(
        Shapes.tips(drawing).get(3).startsWith("Trial 3: 0.2500 after 1 epochs, pruned; "),
        Shapes.tips(drawing).get(3));
  }

  @Test
  void worstTrialLiesAtTheBottom() throws Exception {
    SweepTrials trials = trials(0.96, 0.97, 0.98);
    assertEquals(0, trials.height(trials.shown().get(3)), "0.25 does not stretch the axis");
  }

  @Test
  void importanceNeedsSomeTrials() throws Exception {
    assertEquals(
        "There are too few trials to tell.", ImportancePlot.draw(trials(0.75)).description());
  }

  @Test
  void sliceShowsTheTrialsThatHaveTheSetting() throws Exception {
    SweepTrials trials = trials(0.75, 0.875, 0.625, 0.5);
    List<Drawing> slices = SlicePlot.drawAll(trials);
    assertEquals(4, slices.size());
    for (int i = 0; i < slices.size(); i++) {
      String key = trials.sweep().space().parameters().get(i).key();
      long having =
          trials.shown().stream().filter(trial -> trial.point().values().containsKey(key)).count();
      assertEquals(having, Shapes.of(slices.get(i), Disc.class).size(), key);
      assertEquals("slice-" + i, slices.get(i).name());
    }
  }

  @Test
  void parallelHasALineForEachTrial() throws Exception {
    SweepTrials trials = trials(0.75, 0.875, 0.625);
    Drawing drawing = ParallelPlot.draw(trials);
    List<Line> throughAll =
        Shapes.of(drawing, Line.class).stream()
            .filter(line -> line.points().size() == trials.sweep().space().parameters().size() + 1)
            .toList();
    assertEquals(4, throughAll.size());
    assertEquals(Ink.GRID, throughAll.get(0).ink(), "the pruned one lies below the others");
    assertEquals(Ink.VERMILION, throughAll.get(3).ink(), "the best one lies above them");
    assertTrue(Shapes.texts(drawing).contains("not used"), "momentum depends on the optimizer");
    assertTrue(Shapes.texts(drawing).contains("the best trial"));
  }
}
