package io.mnist4j.sweep.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.Sweeps;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.train.TinyData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyLimitTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @TempDir Path directory;

  private int trialsAtOnce(String settings, int units) throws Exception {
    Sweep sweep =
        Sweeps.read(
            directory,
            settings + "trials: 1\nspace: {model.layers.0.dense.units: [4, " + units + "]}\n");
    List<Experiment> experiments =
        List.of(
            sweep.experiment(new Point(Map.of("model.layers.0.dense.units", 4))),
            sweep.experiment(new Point(Map.of("model.layers.0.dense.units", units))));
    return ConcurrencyLimit.trialsAtOnce(
        sweep.settings(), CORES, experiments, new TrialImages(TinyData.create(40, 10), 1));
  }

  @Test
  void smallTrialsRunOnAllCores() throws Exception {
    assertEquals(CORES, trialsAtOnce("", 5));
    assertEquals(Math.max(1, CORES / 2), trialsAtOnce("threads: 2\n", 5));
    assertEquals(3, trialsAtOnce("parallel: 3\n", 5), "more than cores, where it was asked for");
  }

  @Test
  void askedForMoreThanFitsIsRefusedWithTheNumbers() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> trialsAtOnce("parallel: 9999\n", 5));
    assertTrue(
        e.getMessage()
            .matches(
                "(?s).*parallel: 9999 trials at once need \\d+ MiB of Java heap and \\d+ MiB"
                    + " outside it, and the limits are \\d+ and \\d+ MiB; .*"),
        e.getMessage());
  }

  @Test
  void largestOfTheExperimentsCounts() {
    assertThrows(ConfigException.class, () -> trialsAtOnce("parallel: 20\n", 20_000_000));
  }
}
