package io.mnist4j.sweep.journal;

import io.mnist4j.sweep.search.Objective;
import io.mnist4j.sweep.search.Observation;
import io.mnist4j.sweep.search.TrialState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The state of a sweep, as the lines of its journal make it. */
public final class TrialHistory {
  private final SortedMap<Integer, Trial> trials = new TreeMap<>();
  private JournalEntry.Begun begun;
  private JournalEntry.Finished result;
  private double elapsed;
  private int turns;

  /**
   * @throws IllegalArgumentException if that cannot happen now
   */
  void apply(JournalEntry entry) {
    if (entry instanceof JournalEntry.Begun begin) {
      begun = begin;
    } else if (entry instanceof JournalEntry.Started start) {
      Trial before = trials.get(start.trial());
      int failures = before == null ? 0 : before.failures();
      trials.put(start.trial(), Trial.start(start, failures));
      elapsed = Math.max(elapsed, start.elapsed());
      turns++;
    } else if (entry instanceof JournalEntry.Progressed progress) {
      trials.put(progress.trial(), running(progress.trial()).after(progress.metrics()));
    } else if (entry instanceof JournalEntry.Ended end) {
      trials.put(end.trial(), running(end.trial()).end(end));
      elapsed = Math.max(elapsed, end.elapsed());
      turns++;
    } else if (entry instanceof JournalEntry.Finished finished) {
      result = finished;
    }
  }

  /**
   * @throws IllegalArgumentException if that cannot happen now
   */
  void check(JournalEntry entry) {
    if (entry instanceof JournalEntry.Progressed progress) {
      running(progress.trial());
    } else if (entry instanceof JournalEntry.Ended end) {
      running(end.trial());
    }
  }

  private Trial running(int number) {
    Trial trial = trials.get(number);
    if (trial == null || trial.state() != TrialState.RUNNING) {
      throw new IllegalArgumentException("trial " + number + " does not run");
    }
    return trial;
  }

  /** By their numbers. */
  public Collection<Trial> all() {
    return List.copyOf(trials.values());
  }

  /** One of them. */
  public Optional<Trial> get(int number) {
    return Optional.ofNullable(trials.get(number));
  }

  /** The number of the next new trial. */
  public int next() {
    return trials.isEmpty() ? 0 : trials.lastKey() + 1;
  }

  /** How many are in a state. */
  public long count(TrialState state) {
    return trials.values().stream().filter(trial -> trial.state() == state).count();
  }

  /** Counts the starts and ends of trials; what to try next follows from these. */
  public int turns() {
    return turns;
  }

  /** As samplers and schedulers see it. */
  public List<Observation> observations(Objective objective) {
    return trials.values().stream()
        .flatMap(trial -> trial.observation(objective).stream())
        .toList();
  }

  /** The best of the complete ones, the first of equals. */
  public Optional<Trial> best(Objective objective) {
    return ranking(objective).stream()
        .findFirst()
        .filter(trial -> trial.state() == TrialState.COMPLETE);
  }

  /**
   * Complete trials first, the best at the top; then those that were stopped, by the number of
   * their epochs; then the others.
   */
  public List<Trial> ranking(Objective objective) {
    Comparator<Trial> order =
        Comparator.<Trial, Boolean>comparing(trial -> trial.state() != TrialState.COMPLETE)
            .thenComparing(trial -> trial.state() != TrialState.PRUNED)
            .thenComparingInt(
                trial -> trial.state() == TrialState.PRUNED ? -trial.epochs().size() : 0)
            .thenComparingDouble(trial -> loss(trial, objective))
            .thenComparingInt(Trial::number);
    return trials.values().stream().sorted(order).toList();
  }

  private static double loss(Trial trial, Objective objective) {
    double value = trial.value(objective).orElse(Double.NaN);
    return objective.maximizes() ? -value : value;
  }

  /** The result of the last training; empty before it. */
  public Optional<JournalEntry.Finished> finish() {
    return Optional.ofNullable(result);
  }

  /** Name and content of the data set; empty where nothing has begun. */
  public Optional<JournalEntry.Begun> begun() {
    return Optional.ofNullable(begun);
  }

  /** Seconds for which the sweep has been running. */
  public double elapsed() {
    return elapsed;
  }
}
