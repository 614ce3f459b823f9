package io.mnist4j.sweep.search;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.List;

/**
 * Hyperband: asynchronous successive halving in several brackets, whose trials are compared with
 * those of the same bracket alone. The first bracket decides after minEpochs, each further one
 * after reductionFactor times as many, and gets fewer trials: so settings that learn slowly at
 * first have a chance, whatever the right number of epochs is. Li et al., "Hyperband: A Novel
 * Bandit-Based Approach to Hyperparameter Optimization" (2018).
 *
 * @param minEpochs before the first decision of the first bracket, at least 1
 * @param reductionFactor at least 2
 * @param brackets 1 to 8; one is ASHA
 */
public record HyperbandScheduler(
    @Key(value = "epochs that every trial of the first bracket gets", min = 1) int minEpochs,
    @Key(value = "one of so many trials goes on from each rung", min = 2) int reductionFactor,
    @Key(value = "groups of trials, the next of which decides later", min = 1, max = 8)
        int brackets)
    implements Scheduler {
  /** First decisions after one, three and nine epochs; one of three trials continues. */
  public static final HyperbandScheduler DEFAULT = new HyperbandScheduler(1, 3, 3);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public HyperbandScheduler {
    ConfigKey.requireInRange(HyperbandScheduler.class, minEpochs, reductionFactor, brackets);
  }

  @Override
  public boolean stop(int trial, List<Observation> history) {
    int bracket = bracket(trial);
    long firstRung = minEpochs * power(bracket);
    if (firstRung > Integer.MAX_VALUE) {
      return false;
    }
    List<Observation> same =
        history.stream().filter(each -> bracket(each.trial()) == bracket).toList();
    return new AshaScheduler((int) firstRung, reductionFactor).stop(trial, same);
  }

  /** The bracket of a trial, from 0: as many of each as Hyperband begins, in turn. */
  int bracket(int trial) {
    long all = 0;
    for (int bracket = 0; bracket < brackets; bracket++) {
      all += trials(bracket);
    }
    long place = trial % all;
    int bracket = 0;
    while (place >= trials(bracket)) {
      place -= trials(bracket);
      bracket++;
    }
    return bracket;
  }

  private long trials(int bracket) {
    int halvings = brackets - 1 - bracket;
    return (brackets * power(halvings) + halvings) / (halvings + 1);
  }

  private long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.min(power * reductionFactor, Integer.MAX_VALUE + 1L);
    }
    return power;
  }
}
