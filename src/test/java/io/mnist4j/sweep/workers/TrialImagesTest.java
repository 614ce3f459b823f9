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

  private Experiment experiment(Map<String, Object> point) throws Exception {
    Sweep sweep =
        Sweeps.read(
            directory, "trials: 1\nspace: {seed: {int: [1, 9]}, training.epochs: [1, 2]}\n");
    return sweep.experiment(new Point(point));
  }

  @Test
  void experimentsThatChooseTheSameImagesShareThem() throws Exception {
    TrialImages images = new TrialImages(TinyData.create(40, 10));
    DataSplit split = images.of(experiment(Map.of("seed", 1, "training.epochs", 1))).images();
    assertSame(split, images.of(experiment(Map.of("seed", 1, "training.epochs", 2))).images());
    assertEquals(30, split.train().size());
    assertEquals(10, split.validation().size());
    assertNotSame(split, images.of(experiment(Map.of("seed", 2, "training.epochs", 1))).images());
    assertSame(split, images.of(experiment(Map.of("seed", 1, "training.epochs", 1))).images());
    images.of(experiment(Map.of("seed", 3, "training.epochs", 1))).images();
    images.of(experiment(Map.of("seed", 4, "training.epochs", 1))).images();
    assertNotSame(
        split,
        images.of(experiment(Map.of("seed", 1, "training.epochs", 1))).images(),
        "memory is bounded: two splits are kept");
  }
}
