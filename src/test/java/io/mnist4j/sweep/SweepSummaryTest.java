package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.report.text.SweepText;
import io.mnist4j.sweep.journal.JournalEntry;
import io.mnist4j.sweep.journal.SeedResult;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.search.TrialState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepSummaryTest {
  @TempDir Path directory;

  private SweepFolder create(String settings) throws Exception {
    Sweep sweep = Sweeps.read(directory, settings + Sweeps.SPACE);
    return SweepFolder.create(directory.resolve("sweeps"), "a", sweep);
  }

  private static void end(SweepFolder folder, double accuracy, int images, List<SeedResult> results)
      throws Exception {
    int number = folder.ask().orElseThrow().number();
    folder
        .journal()
        .append(new JournalEntry.Progressed(number, 1, 0, 0, accuracy, 1, null, null, images));
    folder
        .journal()
        .append(new JournalEntry.Ended(number, TrialState.COMPLETE, 1, "", 1, false, results));
  }

  private static List<Integer> tied(SweepFolder folder) {
    return folder.summary().tied().stream().map(Trial::number).toList();
  }

  /** Of 6,000 images, 0.98 has a standard error of 0.0018, and a difference one of 0.0026. */
  @Test
  void differencesBelowChanceAreNone() throws Exception {
    try (SweepFolder folder = create("method: random\ntrials: 9\n")) {
      assertEquals(List.of(), tied(folder));
      end(folder, 0.970, 6_000, List.of());
      end(folder, 0.980, 6_000, List.of());
      end(folder, 0.977, 6_000, List.of());
      end(folder, 0.976, 6_000, List.of());
      assertEquals(List.of(1, 2, 3), tied(folder));
      assertEquals(
          Optional.of(
              "The first 3 (trials 1, 2, 3) cannot be told apart by chance: 6,000 images judged"
                  + " them"),
          SweepText.tied(folder.summary()));
    }
  }

  @Test
  void moreImagesTellMoreApart() throws Exception {
    try (SweepFolder folder = create("method: random\ntrials: 9\n")) {
      end(folder, 0.980, 600_000, List.of());
      end(folder, 0.977, 600_000, List.of());
      assertEquals(List.of(0), tied(folder));
      assertEquals(Optional.empty(), SweepText.tied(folder.summary()));
    }
  }

  @Test
  void seedsAddTheirOwnChance() throws Exception {
    try (SweepFolder folder = create("method: random\ntrials: 9\nrepeats: 2\n")) {
      end(folder, 0.990, 600_000, seeds(0.990, 0.970));
      end(folder, 0.977, 600_000, seeds(0.977, 0.977));
      assertEquals(List.of(0, 1), tied(folder));
    }
  }

  private static List<SeedResult> seeds(double one, double other) {
    return List.of(new SeedResult(1, 0, one), new SeedResult(1, 0, other));
  }

  @Test
  void withoutTheNumberOfImagesNothingIsSaid() throws Exception {
    try (SweepFolder folder = create("method: random\ntrials: 9\n")) {
      end(folder, 0.980, 0, List.of());
      end(folder, 0.980, 0, List.of());
      assertEquals(List.of(), tied(folder));
    }
  }
}
