package io.mnist4j.sweep.search;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.List;

/**
 * Stops a trial whose best epoch so far is worse than the median of the others' after as many
 * epochs. Golovin et al., "Google Vizier" (2017), section 3.2; compared with the others' values
 * instead of their running means, as Optuna does.
 *
 * @param startupTrials others that must have as many epochs before any is stopped, at least 1
 * @param warmupEpochs after which nothing is stopped yet, at least 0
 */
public record MedianScheduler(
    @Key(value = "trials that must have come as far before any is stopped", min = 1)
        int startupTrials,
    @Key(value = "epochs after which nothing is stopped yet", min = 0) int warmupEpochs)
    implements Scheduler {
  /** Five trials, and no epochs of warm-up. */
  public static final MedianScheduler DEFAULT = new MedianScheduler(5, 0);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public MedianScheduler {
    ConfigKey.requireInRange(MedianScheduler.class, startupTrials, warmupEpochs);
  }

  @Override
  public boolean stop(int trial, List<Observation> history) {
    Observation own = Scheduler.own(trial, history);
    int epochs = own.curve().size();
    if (epochs <= warmupEpochs) {
      return false;
    }
    double[] others =
        Scheduler.bests(history.stream().filter(each -> each.trial() != trial).toList(), epochs);
    return others.length >= startupTrials && own.best(epochs) > median(others);
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
