package io.mnist4j.train;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.Objects;

/**
 * How far a run was when its epochs were raised. Up to there the schedule counted on fewer epochs,
 * so the run can only be repeated if that is known.
 *
 * @param from the epochs that were planned until then
 * @param afterEpochs epochs that were done
 * @param afterSteps steps of the next epoch that were done
 * @param course of the learning rate from there on
 */
public record RaisedEpochs(
    @Key(value = "epochs that were planned before", min = 1, max = 100_000) int from,
    @Key(value = "epochs that were done", min = 0, max = 100_000) int afterEpochs,
    @Key(value = "steps of the next epoch that were done", min = 0) int afterSteps,
    @Key("course of the learning rate from there on") RaisedCourse course) {
  /** A value that is valid. */
  public static final RaisedEpochs DEFAULT = new RaisedEpochs(1, 1, 0, RaisedCourse.REPLAN);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public RaisedEpochs {
    Objects.requireNonNull(course, "course");
    ConfigKey.requireInRange(RaisedEpochs.class, from, afterEpochs, afterSteps);
    if (afterEpochs > from || (afterEpochs == from && afterSteps > 0)) {
      throw new IllegalArgumentException("after-epochs must be at most from, " + from);
    }
  }

  boolean isAfter(int epochsDone, int stepsDone) {
    return epochsDone < afterEpochs || (epochsDone == afterEpochs && stepsDone < afterSteps);
  }
}
