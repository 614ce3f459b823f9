package io.mnist4j.sweep.journal;

import io.mnist4j.eval.Spread;
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
 * @param results of each of its trainings, where there were several; empty before
 * @param started seconds for which the sweep had been running
 * @param ended likewise; not a number while it runs
 * @param agent that carries it out, or did last; empty for a process that has the sweep for itself
 */
public record Trial(
    int number,
    Point point,
    TrialState state,
    List<EpochMetrics> epochs,
    int bestEpoch,
    int failures,
    String reason,
    List<SeedResult> results,
    double started,
    double ended,
    String agent) {

  /** The number of failures of a trial that another program says has failed. */
  private static final int NO_RETRY = Integer.MAX_VALUE;

  /** Takes a copy. */
  public Trial {
    epochs = List.copyOf(epochs);
    results = List.copyOf(results);
  }

  static Trial start(JournalEntry.Started start, int failures) {
    return new Trial(
        start.trial(),
        start.point(),
        TrialState.RUNNING,
        List.of(),
        0,
        failures,
        "",
        List.of(),
        start.elapsed(),
        Double.NaN,
        start.agent());
  }

  Trial after(EpochMetrics epoch) {
    List<EpochMetrics> longer = new ArrayList<>(epochs);
    longer.add(epoch);
    return new Trial(
        number, point, state, longer, 0, failures, "", List.of(), started, Double.NaN, agent);
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
        end.results(),
        started,
        end.elapsed(),
        agent);
  }

  /**
   * The objective of a complete trial, the mean over its trainings; of another one, that of its
   * last epoch so far.
   */
  public OptionalDouble value(Objective objective) {
    if (!results.isEmpty()) {
      return OptionalDouble.of(spread(objective).orElseThrow().mean());
    }
    if (epochs.isEmpty()) {
      return OptionalDouble.empty();
    }
    int epoch = bestEpoch > 0 ? bestEpoch : epochs.size();
    return OptionalDouble.of(objective.of(epochs.get(epoch - 1)));
  }

  /** How the objective varies over the seeds; empty where there was one. */
  public Optional<Spread> spread(Objective objective) {
    return results.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Spread.of(
                results.stream()
                    .map(each -> objective.of(each.validationLoss(), each.validationAccuracy()))
                    .toList()));
  }

  /**
   * How much the accuracy of a complete trial varies by chance, as a variance: with other images to
   * judge by, and with other seeds where there were several. Empty where the number of images is
   * not known.
   */
  public OptionalDouble varianceOfAccuracy() {
    int images = bestEpoch == 0 ? 0 : epochs.get(bestEpoch - 1).validationImages();
    if (images == 0) {
      return OptionalDouble.empty();
    }
    double accuracy = value(Objective.DEFAULT).orElseThrow();
    double bySeed =
        spread(Objective.DEFAULT).map(all -> all.sd() * all.sd() / results.size()).orElse(0.0);
    return OptionalDouble.of(accuracy * (1 - accuracy) / images + bySeed);
  }

  /** Of its epochs together; 0 for one that another program evaluated. */
  public double seconds() {
    return epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
  }

  /** The epochs that a training with its settings takes best: the mean over the seeds. */
  public int epochsToTrain() {
    return (int)
        Math.round(results.stream().mapToInt(SeedResult::bestEpoch).average().orElse(bestEpoch));
  }

  /** Whether it has failed no more often than it is tried again. */
  public boolean mayRetry(int retries) {
    return state == TrialState.FAILED && failures <= retries;
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
    List<Double> curve =
        new ArrayList<>(epochs.stream().limit(counted).map(objective::asLoss).toList());
    if (!results.isEmpty() && !curve.isEmpty()) {
      // The epochs are those of the first training; what counts in the end is the mean.
      double mean = spread(objective).orElseThrow().mean();
      curve.set(curve.size() - 1, objective.maximizes() ? 1 - mean : mean);
    }
    return Optional.of(new Observation(number, point, state, curve));
  }
}
