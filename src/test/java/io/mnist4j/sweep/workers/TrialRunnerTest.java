package io.mnist4j.sweep.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.Sweeps;
import io.mnist4j.sweep.journal.SeedResult;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TinyData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialRunnerTest {
  private static final String RATE = "training.optimizer.learning-rate";

  @TempDir Path directory;
  private final TrialRunner runner =
      new TrialRunner(new TrialImages(TinyData.create(60, 20), 1), StartedBackend.cpu());
  private final List<EpochMetrics> epochs = new ArrayList<>();

  private TrialOutcome run(String changes, double rate, int epochsAllowed, BooleanSupplier abandon)
      throws Exception {
    return run(changes, rate, epochsAllowed, abandon, 1);
  }

  private TrialOutcome run(
      String changes, double rate, int epochsAllowed, BooleanSupplier abandon, int repeats)
      throws Exception {
    Sweep sweep =
        Sweeps.read(
            directory,
            "trials: 1\nexperiment: " + changes + "\nspace: {" + RATE + ": [" + rate + "]}\n");
    TrialTask task = new TrialTask(0, sweep.experiment(new Point(Map.of(RATE, rate))), 1, repeats);
    return runner.run(
        task,
        epoch -> {
          epochs.add(epoch);
          return epochs.size() < epochsAllowed;
        },
        abandon);
  }

  @Test
  void reportsEachEpoch() throws Exception {
    assertEquals(TrialOutcome.completed(3), run("{training: {epochs: 3}}", 0.01, 99, () -> false));
    assertEquals(List.of(1, 2, 3), epochs.stream().map(EpochMetrics::epoch).toList());
  }

  /** The first training reports, as it would alone; the others have the seeds after it. */
  @Test
  void repeatsHaveOneSeedAfterAnother() throws Exception {
    TrialOutcome repeated = run("{seed: 5, training: {epochs: 3}}", 0.01, 99, () -> false, 3);
    assertEquals(TrialState.COMPLETE, repeated.state());
    assertEquals(3, repeated.bestEpoch());
    assertEquals(List.of(1, 2, 3), epochs.stream().map(EpochMetrics::epoch).toList());
    assertEquals(3, repeated.results().size());
    for (int i = 0; i < 3; i++) {
      epochs.clear();
      run("{seed: %d, training: {epochs: 3}}".formatted(5 + i), 0.01, 99, () -> false);
      assertEquals(SeedResult.of(epochs.get(2)), repeated.results().get(i));
    }
  }

  @Test
  void whatIsStoppedIsNotRepeated() throws Exception {
    TrialOutcome stopped = run("{training: {epochs: 90}}", 0.01, 1, () -> false, 3);
    assertEquals(TrialState.PRUNED, stopped.state());
    assertEquals(List.of(), stopped.results());
  }

  @Test
  void endsEarlyWhereTheReportSaysSo() throws Exception {
    assertEquals(TrialState.PRUNED, run("{training: {epochs: 90}}", 0.01, 1, () -> false).state());
    assertEquals(1, epochs.size());
  }

  @Test
  void withPatienceTheBestEpochCounts() throws Exception {
    TrialOutcome completed =
        run("{training: {epochs: 4000, stopping: {patience: 2}}}", 0.1, 9999, () -> false);
    assertEquals(TrialState.COMPLETE, completed.state());
    assertEquals(completed.bestEpoch() + 2, epochs.size());
  }

  @Test
  void abandonedTrialSaysNothing() throws Exception {
    assertEquals(
        TrialState.RUNNING,
        run("{training: {epochs: 90000}}", 0.01, 99999, () -> epochs.size() > 1).state());
  }

  @Test
  void hopelessSettingsAreAnOutcome() throws Exception {
    String decay = "{training: {regularization: {weight-decay: 100}, epochs: 40}}";
    TrialOutcome diverged = run(decay, 0.5, 99, () -> false);
    assertEquals(TrialState.DIVERGED, diverged.state());
    assertTrue(diverged.reason().contains("training diverged"), diverged.reason());
    TrialOutcome size =
        run("{model: {layers: [{conv2d: {filters: 1, kernel: 5}}, flatten]}}", 0.1, 9, () -> false);
    assertEquals(TrialState.INVALID, size.state());
    assertTrue(size.reason().contains("kernel"), size.reason());
  }

  @Test
  void failureOfTheReportIsAnOutcome() throws Exception {
    TrialOutcome failed =
        run(
            "{training: {epochs: 9}}",
            0.01,
            99,
            () -> {
              throw new IllegalStateException("the driver\nis lost");
            });
    assertEquals(TrialState.FAILED, failed.state());
    assertTrue(failed.reason().contains("the driver is lost"), failed.reason());
  }
}
