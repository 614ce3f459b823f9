package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.plot.DrawnShape.Disc;
import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.Sweeps;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.TrialState;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParetoPlotTest {
  @TempDir Path directory;

  private SweepFolder create() throws Exception {
    return SweepFolder.create(
        directory, "s", Sweeps.read(directory, "method: random\ntrials: 9\n" + Sweeps.SPACE));
  }

  private static void end(SweepFolder folder, double accuracy, double seconds) throws Exception {
    int number = folder.ask().orElseThrow().number();
    folder.journal().append(new JournalEntry.Progressed(number, 1, 0, 0, accuracy, seconds));
    folder.journal().append(new JournalEntry.Ended(number, TrialState.COMPLETE, 1, "", 1, false));
  }

  @Test
  void frontHasWhatNoOtherBeatsInBoth() throws Exception {
    try (SweepFolder folder = create()) {
      end(folder, 0.97, 4);
      end(folder, 0.95, 1);
      end(folder, 0.94, 2);
      end(folder, 0.96, 3);
      end(folder, 0.97, 9);
      end(folder, 0.98, 8);
      SweepTrials trials = SweepTrials.of(folder.summary());
      List<Integer> front =
          ParetoPlot.front(trials, Trial::seconds).stream().map(Trial::number).toList();
      assertEquals(List.of(1, 3, 0, 5), front);
      List<Drawing> drawings = ParetoPlot.drawAll(trials);
      assertEquals(1, drawings.size(), "it is not known what the images were");
      assertEquals(6, Shapes.of(drawings.get(0), Disc.class).size());
      assertTrue(
          drawings.get(0).description().startsWith("4 of 6 trials are on the Pareto front"),
          drawings.get(0).description());
    }
  }

  @Test
  void parametersFollowFromTheSettingsAndTheImages() throws Exception {
    try (SweepFolder folder = create()) {
      folder.journal().append(new JournalEntry.Begun(1, "tiny", new TreeMap<>(), 8, 3, 3));
      end(folder, 0.97, 4);
      end(folder, 0.95, 1);
      Trial first = folder.summary().trials().get(0).orElseThrow();
      int units = (Integer) first.point().values().get("model.layers.0.dense.units");
      assertEquals(
          (8 * 3 + 1) * units + (units + 1) * 3, folder.summary().parameters(first).orElseThrow());
      assertEquals(
          List.of("pareto-seconds", "pareto-parameters"),
          ParetoPlot.drawAll(SweepTrials.of(folder.summary())).stream()
              .map(Drawing::name)
              .toList());
    }
  }

  @Test
  void withoutCostsThereIsNothingToDraw() throws Exception {
    try (SweepFolder folder = create()) {
      end(folder, 0.97, 0);
      end(folder, 0.95, 0);
      assertEquals(List.of(), ParetoPlot.drawAll(SweepTrials.of(folder.summary())));
    }
  }
}
