package io.mnist4j.sweep.search;

import io.mnist4j.config.ConfigNode;
import io.mnist4j.config.Key;
import io.mnist4j.config.SourceLocation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys of a sweep file.
 *
 * @param base an experiment file, from the sweep file's folder; empty for the defaults
 * @param experiment overrides the base; not read yet
 * @param trials 0 for no limit
 * @param timeLimit such as {@code 20m}; empty for none
 * @param parallel {@code auto} or a number
 * @param threads of each trial, at least 1
 * @param validation share of the training images that judge the trials, where the base leaves that
 *     to the test set
 * @param retries of a trial that failed, other than by its own settings
 * @param repeats trainings of each trial, at least 1; the seeds follow each other
 * @param space not read yet
 */
public record SweepSettings(
    @Key("the experiment that is varied: a file, from the folder of this one; empty: the defaults")
        String base,
    @Key("what differs from the base in all trials, as in an experiment file")
        ConfigNode experiment,
    @Key("how settings are chosen") Sampler method,
    @Key("which trials are stopped before their last epoch") Scheduler scheduler,
    @Key(value = "how many; 0 for no limit, or all of a grid", min = 0) int trials,
    @Key("after which no trial begins, such as 90s, 20m or 1h30m; empty for none") String timeLimit,
    @Key("trials at once: a number, or auto for one on each core") String parallel,
    @Key(value = "of each trial", min = 1) int threads,
    @Key("what is best") Objective objective,
    @Key(
            value = "share of the training images that judges trials, unless the base has one",
            min = 0,
            aboveMin = true,
            max = 0.5)
        double validation,
    @Key("of the choices") long seed,
    @Key(value = "tries more of a trial that failed by no fault of its settings", min = 0)
        int retries,
    @Key(
            value = "trainings of each trial, with one seed after another; their mean counts",
            min = 1,
            max = 1000)
        int repeats,
    @Key("the keys of the experiment that are varied, and their values") ConfigNode space) {
  public static final SweepSettings DEFAULT =
      new SweepSettings(
          "",
          new ConfigNode.Null(SourceLocation.DEFAULTS),
          TpeSampler.DEFAULT,
          new Scheduler.NoneScheduler(),
          0,
          "",
          "auto",
          1,
          Objective.DEFAULT,
          0.1,
          1,
          1,
          1,
          new ConfigNode.Null(SourceLocation.DEFAULTS));

  private static final String AUTO = "auto";
  private static final String DURATION = "(?=.)([0-9]{1,4}h)?([0-9]{1,5}m)?([0-9]{1,7}s)?";

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public SweepSettings {
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(space, "space");
    atLeast("trials", 0, trials);
    if (!timeLimit.isEmpty() && seconds(timeLimit).isEmpty()) {
      throw new IllegalArgumentException(
          "time-limit must be a time such as 90s, 20m or 1h30m, not '%s'".formatted(timeLimit));
    }
    if (!parallel.equals(AUTO) && !parallel.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "parallel must be auto or a number from 1, not '%s'".formatted(parallel));
    }
    atLeast("threads", 1, threads);
    if (!(validation > 0 && validation <= 0.5)) {
      throw new IllegalArgumentException(
          "validation must be a share above 0 and at most 0.5, not " + validation);
    }
    atLeast("retries", 0, retries);
    atLeast("repeats", 1, repeats);
    if (repeats > 1000) {
      throw new IllegalArgumentException("repeats must be at most 1000, not " + repeats);
    }
  }

  private static void atLeast(String key, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, not %d".formatted(key, least, value));
    }
  }

  /** Whether the sweep ends by itself, as a grid does. */
  public boolean isBounded() {
    return method instanceof GridSampler || trials > 0 || !timeLimit.isEmpty();
  }

  /** The time limit; infinite where there is none. */
  public double timeLimitSeconds() {
    return seconds(timeLimit).orElse(Double.POSITIVE_INFINITY);
  }

  /** How many trials run at once; empty for as many as there are cores. */
  public Optional<Integer> parallelTrials() {
    return parallel.equals(AUTO) ? Optional.empty() : Optional.of(Integer.valueOf(parallel));
  }

  private static Optional<Double> seconds(String text) {
    return Optional.of(text)
        .filter(each -> each.matches(DURATION))
        .map(each -> (double) Duration.parse("PT" + each).toSeconds())
        .filter(seconds -> seconds > 0);
  }
}
