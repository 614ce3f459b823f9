package io.mnist4j.sweep.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.Observation;
import io.mnist4j.sweep.search.TrialState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialHistoryTest {
  private static final Objective LOSS =
      new Objective(Objective.ObjectiveMetric.VALIDATION_LOSS, Optional.empty());

  private final TrialHistory history = new TrialHistory();

  private void start(int trial) {
    history.apply(new JournalEntry.Started(trial, Map.of("units", trial), trial));
  }

  /** One epoch for each accuracy; the loss goes the other way. */
  private void epochs(int trial, double... accuracies) {
    for (double accuracy : accuracies) {
      int epoch = history.get(trial).orElseThrow().epochs().size() + 1;
      history.apply(new JournalEntry.Progressed(trial, epoch, 1, 2 - 2 * accuracy, accuracy, 0.5));
    }
  }

  private void end(int trial, TrialState state, int bestEpoch) {
    history.apply(new JournalEntry.Ended(trial, state, bestEpoch, "why", 10 + trial, false));
  }

  @Test
  void rankingBeginsWithTheBestCompleteTrial() {
    for (int trial = 0; trial < 7; trial++) {
      start(trial);
    }
    epochs(0, 0.8);
    end(0, TrialState.COMPLETE, 1);
    epochs(1, 0.99, 0.7);
    end(1, TrialState.PRUNED, 0);
    epochs(2, 0.9, 0.95, 0.9);
    end(2, TrialState.COMPLETE, 2);
    epochs(3, 0.5, 0.6, 0.65);
    end(3, TrialState.PRUNED, 0);
    end(4, TrialState.DIVERGED, 0);
    epochs(5, 0.95);
    end(5, TrialState.COMPLETE, 1);
    epochs(6, 0.99);
    for (Objective objective : List.of(Objective.DEFAULT, LOSS)) {
      assertEquals(
          List.of(2, 5, 0, 3, 1),
          history.ranking(objective).stream().limit(5).map(Trial::number).toList(),
          "complete by value, equals by number, then those that were stopped by their epochs");
      assertEquals(2, history.best(objective).orElseThrow().number());
    }
    assertEquals(3, history.count(TrialState.COMPLETE));
    assertEquals(7, history.next());
    assertEquals(15, history.elapsed());
  }

  @Test
  void bestIsNoneBeforeATrialIsComplete() {
    start(0);
    epochs(0, 0.9);
    assertTrue(history.best(Objective.DEFAULT).isEmpty());
    assertEquals(1, history.next());
  }

  @Test
  void observationsAreLossesUpToTheEpochThatCounts() {
    start(0);
    epochs(0, 0.5, 0.75, 0.25);
    end(0, TrialState.COMPLETE, 2);
    start(1);
    end(1, TrialState.FAILED, 0);
    start(2);
    epochs(2, 0.5);
    List<Observation> observations = history.observations(Objective.DEFAULT);
    assertEquals(
        List.of(0, 2),
        observations.stream().map(Observation::trial).toList(),
        "a trial that failed by no fault of its settings says nothing about them");
    assertEquals(List.of(0.5, 0.25), observations.get(0).curve());
    assertEquals(TrialState.COMPLETE, observations.get(0).state());
    assertEquals(TrialState.RUNNING, observations.get(1).state());
  }

  @Test
  void trialThatIsRunAgainStartsAnewAndKeepsItsFailures() {
    start(0);
    epochs(0, 0.5);
    end(0, TrialState.FAILED, 0);
    start(0);
    Trial again = history.get(0).orElseThrow();
    assertEquals(1, again.failures());
    assertEquals(List.of(), again.epochs());
    assertEquals(TrialState.RUNNING, again.state());
    end(0, TrialState.FAILED, 0);
    assertEquals(2, history.get(0).orElseThrow().failures());
  }

  @Test
  void whatCannotHappenNowIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> history.apply(new JournalEntry.Progressed(0, 1, 1, 1, 1, 1)));
    start(0);
    end(0, TrialState.COMPLETE, 0);
    assertThrows(IllegalArgumentException.class, () -> end(0, TrialState.COMPLETE, 0));
    assertFalse(history.finish().isPresent());
    JournalEntry.Finished result = new JournalEntry.Finished(0, "tiny", 10, 0.9, 0.1, 1);
    history.apply(result);
    assertEquals(result, history.finish().orElseThrow());
  }
}
