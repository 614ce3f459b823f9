package io.mnist4j.sweep.journal;

import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.Observation;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.Point;
import io.mnist4j.train.EpochMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of one trial.
 *
 * @param number from 0
 * @param bestEpoch whose figures count, from 1; 0 while none does
 * @param failures how often it has failed
 * @param reason why it did not come to its end; empty where it did
 * @param started seconds that the sweep had been worked on
 * @param ended likewise; not a number while it runs
 */
public record Trial(
    int number,
    Point point,
    TrialState state,
    List<EpochMetrics> epochs,
    int bestEpoch,
    int failures,
    String reason,
    double started,
    double ended) {

  /** Takes a copy. */
  public Trial {
    epochs = List.copyOf(epochs);
  }

  static Trial start(int number, Point point, int failures, double elapsed) {
    return new Trial(
        number, point, TrialState.RUNNING, List.of(), 0, failures, "", elapsed, Double.NaN);
  }

  Trial after(EpochMetrics epoch) {
    List<EpochMetrics> longer = new ArrayList<>(epochs);
    longer.add(epoch);
    return new Trial(number, point, state, longer, 0, failures, "", started, Double.NaN);
  }

  Trial end(JournalEntry.Ended end) {
    return new Trial(
        number,
        point,
        end.state(),
        epochs,
        end.bestEpoch(),
        failures + (end.state() == TrialState.FAILED ? 1 : 0),
        end.reason(),
        started,
        end.elapsed());
  }

  /** The objective of a complete trial; of another one, that of its last epoch so far. */
  public OptionalDouble value(Objective objective) {
    if (epochs.isEmpty()) {
      return OptionalDouble.empty();
    }
    int epoch = bestEpoch > 0 ? bestEpoch : epochs.size();
    return OptionalDouble.of(objective.of(epochs.get(epoch - 1)));
  }

  /** As samplers and schedulers see it; empty for a trial that says nothing about its point. */
  public Optional<Observation> observation(Objective objective) {
    if (state == TrialState.FAILED) {
      return Optional.empty();
    }
    int counted = state == TrialState.COMPLETE ? bestEpoch : epochs.size();
    List<Double> curve = epochs.stream().limit(counted).map(objective::asLoss).toList();
    return Optional.of(new Observation(number, point, state, curve));
  }
}
