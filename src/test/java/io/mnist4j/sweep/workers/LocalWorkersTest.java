package io.mnist4j.sweep.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.sweep.Sweep;
import io.mnist4j.sweep.Sweeps;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TinyData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials on threads of this process: what they report, and how they end. */
class LocalWorkersTest {
  private static final String RATE = "training.optimizer.learning-rate";

  @TempDir Path directory;
  private final TrialImages images = new TrialImages(TinyData.create(60, 20), 1);

  /** Takes note of all that is said; trials with a number from {@code stopped} on do one epoch. */
  private static final class Notes implements TrialInbox {
    private final Map<Integer, List<EpochMetrics>> epochs = new ConcurrentSkipListMap<>();
    private final Map<Integer, TrialOutcome> outcomes = new ConcurrentSkipListMap<>();
    private final CountDownLatch ends;
    private final CountDownLatch firstEpoch = new CountDownLatch(1);
    private final int stopped;

    Notes(int trials, int stopped) {
      ends = new CountDownLatch(trials);
      this.stopped = stopped;
    }

    @Override
    public boolean report(int trial, EpochMetrics epoch) {
      epochs.computeIfAbsent(trial, number -> new ArrayList<>()).add(epoch);
      firstEpoch.countDown();
      return trial < stopped;
    }

    @Override
    public void ended(int trial, TrialOutcome outcome) {
      outcomes.put(trial, outcome);
      ends.countDown();
    }

    /** Losses and accuracies; times are never the same. */
    Map<Integer, List<String>> figures() {
      Map<Integer, List<String>> figures = new TreeMap<>();
      epochs.forEach(
          (trial, list) ->
              figures.put(
                  trial,
                  list.stream()
                      .map(
                          each ->
                              each.trainLoss()
                                  + " "
                                  + each.validationLoss()
                                  + " "
                                  + each.validationAccuracy())
                      .toList()));
      return figures;
    }
  }

  private TrialTask task(int trial, String changes, double rate) throws Exception {
    Sweep sweep =
        Sweeps.read(
            directory,
            "trials: 1\nexperiment: " + changes + "\nspace: {" + RATE + ": [" + rate + "]}\n");
    return new TrialTask(trial, sweep.experiment(new Point(Map.of(RATE, rate))), 1, 1);
  }

  private Notes run(int parallel, int stopped, List<TrialTask> tasks) throws Exception {
    Notes notes = new Notes(tasks.size(), stopped);
    try (TrialWorkers workers =
        new LocalWorkers(parallel, new TrialRunner(images, StartedBackend.cpu()))) {
      assertEquals(parallel, workers.count());
      for (TrialTask task : tasks) {
        workers.begin(task, notes);
      }
      assertTrue(notes.ends.await(1, TimeUnit.MINUTES));
    }
    return notes;
  }

  @Test
  void sameTrialsHaveTheSameFiguresHoweverManyRunAtOnce() throws Exception {
    List<TrialTask> tasks = new ArrayList<>();
    for (int trial = 0; trial < 4; trial++) {
      tasks.add(task(trial, "{training: {epochs: 3}}", 0.001 * (trial + 1)));
    }
    Notes one = run(1, 9, tasks);
    Notes four = run(4, 9, tasks);
    assertEquals(one.figures(), four.figures());
    assertEquals(4, one.figures().size());
    assertEquals(one.outcomes, four.outcomes);
    assertEquals(TrialOutcome.completed(3), one.outcomes.get(0));
    assertEquals(List.of(1, 2, 3), one.epochs.get(0).stream().map(EpochMetrics::epoch).toList());
  }

  @Test
  void abandonedTrialsAreGivenUp() throws Exception {
    Notes notes = new Notes(1, 9);
    try (TrialWorkers workers =
        new LocalWorkers(1, new TrialRunner(images, StartedBackend.cpu()))) {
      workers.begin(task(0, "{training: {epochs: 90000}}", 0.001), notes);
      assertTrue(notes.firstEpoch.await(1, TimeUnit.MINUTES));
      workers.abandon();
      assertTrue(notes.ends.await(1, TimeUnit.MINUTES));
    }
    assertEquals(TrialState.RUNNING, notes.outcomes.get(0).state());
  }
}
