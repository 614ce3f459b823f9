package io.mnist4j.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaderboardTest {
  @TempDir Path directory;

  private List<String> rows(String objective, double... values) throws Exception {
    Sweep sweep =
        Sweeps.read(
            directory,
            "method: grid\nobjective: {metric: "
                + objective
                + "}\nspace:\n  training.batch-size: [10, 20]\n"
                + "  training.optimizer.name: [adam, momentum]\n"
                + "  training.optimizer.momentum: {choice: [0.5, 0.9],"
                + " when: {training.optimizer.name: momentum}}\n");
    Path sweeps = Files.createTempDirectory(directory, "sweeps");
    try (SweepFolder folder = SweepFolder.create(sweeps, "a", sweep)) {
      for (double value : values) {
        folder.tell(folder.ask().orElseThrow().number(), value);
      }
      folder.tellFailed(folder.ask().orElseThrow().number(), "no, never");
      folder.ask();
      return Leaderboard.csv(sweep, folder.journal().trials()).lines().toList();
    }
  }

  @Test
  void bestAccuracyIsFirstAndWhatHasNoValueLast() throws Exception {
    assertEquals(
        List.of(
            "rank,trial,state,validation-accuracy,epochs,seconds,training.batch-size,"
                + "training.optimizer.name,training.optimizer.momentum,reason",
            "1,1,complete,0.900000,1,0.000,10,momentum,0.5,",
            "2,0,complete,0.500000,1,0.000,10,adam,,",
            "3,2,complete,0.250000,1,0.000,10,momentum,0.9,",
            ",3,failed,,0,0.000,20,adam,,\"no, never\"",
            ",4,running,,0,0.000,20,momentum,0.5,"),
        rows("validation-accuracy", 0.5, 0.9, 0.25));
  }

  @Test
  void smallestLossIsFirst() throws Exception {
    List<String> rows = rows("validation-loss", 2, 1e-9);
    assertEquals("1,1,complete,0.000000,1,0.000,10,momentum,0.5,", rows.get(1));
    assertEquals("2,0,complete,2.000000,1,0.000,10,adam,,", rows.get(2));
  }
}
