package io.mnist4j.sweep.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.mnist4j.data.DataSplit;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.Sweeps;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.train.TinyData;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialImagesTest {
  @TempDir Path directory;

  private Experiment experiment(long seed, int limit, int epochs) throws Exception {
    Sweep sweep =
        Sweeps.read(
            directory,
            "trials: 1\nspace: {seed: {int: [1, 9]}, data.limit: {int: [0, 30]},"
                + " training.epochs: [1, 2]}\n");
    return sweep.experiment(
        new Point(Map.of("seed", seed, "data.limit", limit, "training.epochs", epochs)));
  }

  @Test
  void experimentsThatChooseTheSameImagesShareThem() throws Exception {
    TrialImages images = new TrialImages(TinyData.create(40, 10), 1);
    DataSplit split = images.of(experiment(1, 0, 1)).images();
    assertSame(split, images.of(experiment(1, 0, 2)).images());
    assertEquals(30, split.train().size());
    assertEquals(10, split.validation().size());
    assertNotSame(split, images.of(experiment(1, 20, 1)).images());
    assertSame(split, images.of(experiment(1, 0, 1)).images());
    images.of(experiment(1, 21, 1)).images();
    images.of(experiment(1, 22, 1)).images();
    assertNotSame(
        split, images.of(experiment(1, 0, 1)).images(), "memory is bounded: two splits are kept");
  }

  @Test
  void seedOfATrialDoesNotChangeItsImages() throws Exception {
    TrialImages images = new TrialImages(TinyData.create(40, 10), 1);
    assertSame(images.of(experiment(1, 20, 1)).images(), images.of(experiment(5, 20, 1)).images());
  }
}
