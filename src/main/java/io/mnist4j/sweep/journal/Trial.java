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
 * A trial.
 *
 * @param number from 0
 * @param bestEpoch whose metrics count, from 1; 0 while none does
 * @param failures how often it has failed
 * @param reason why it is not complete; empty where it is
 * @param started seconds for which the sweep had been running
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

  /** The number of failures of a trial that another program says has failed. */
  private static final int NO_RETRY = Integer.MAX_VALUE;

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
        end.state() != TrialState.FAILED ? failures : end.told() ? NO_RETRY : failures + 1,
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

  /**
   * Whether another program evaluated it: the result is that of all epochs of its experiment, and
   * the epochs here are those that the program reported, each without a training loss.
   */
  public boolean isTold() {
    return !epochs.isEmpty() && Double.isNaN(epochs.get(epochs.size() - 1).trainLoss());
  }

  /** As samplers and schedulers see it; empty for a trial that says nothing about its point. */
  public Optional<Observation> observation(Objective objective) {
    if (state == TrialState.FAILED && failures < NO_RETRY) {
      return Optional.empty();
    }
    int counted = state == TrialState.COMPLETE ? bestEpoch : epochs.size();
    List<Double> curve = epochs.stream().limit(counted).map(objective::asLoss).toList();
    return Optional.of(new Observation(number, point, state, curve));
  }
}
