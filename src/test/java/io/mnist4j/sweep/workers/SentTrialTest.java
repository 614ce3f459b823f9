package io.mnist4j.sweep.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.Sweeps;
import io.mnist4j.sweep.space.Point;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentTrialTest {
  private static final String RATE = "training.optimizer.learning-rate";

  @TempDir Path directory;

  @Test
  void arrivesAsTheSameTrial() throws Exception {
    Sweep sweep =
        Sweeps.read(directory, "trials: 1\nspace: {" + RATE + ": {uniform: [0.001, 0.1]}}\n");
    double rate = Math.nextUp(0.01);
    TrialTask task = new TrialTask(3, sweep.experiment(new Point(Map.of(RATE, rate))), 2, 3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(SentTrial.of(task));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(task, ((SentTrial) in.readObject()).toTask());
    }
  }

  @Test
  void experimentOfAnotherVersionIsRefused() {
    SentTrial sent = new SentTrial(7, "{training: {glow: 3}}", 1, 1);
    ConfigException e = assertThrows(ConfigException.class, sent::toTask);
    assertTrue(e.getMessage().contains("trial 7"), e.getMessage());
    assertTrue(e.getMessage().contains("glow"), e.getMessage());
  }
}
