package io.mnist4j.train.optimizer;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import java.util.Objects;

/**
 * How the learning rate goes from step to step: a linear rise to the optimizer's rate, if there is
 * a warm-up, and after it the named course. A setting that the course does not have is ignored.
 */
public record ScheduleSpec(
    @Key("the course") ScheduleName name,
    @Key(
            value = "epochs of linear rise before the course; not with one-cycle",
            min = 0,
            max = 100_000)
        double warmupEpochs,
    @Key(
            value = "linear, cosine, one-cycle: part of the rate that is left at the end",
            min = 0,
            max = 1)
        double finalFraction,
    @Key(
            value = "step and exponential: what the rate is multiplied by",
            min = 0,
            aboveMin = true,
            max = 1)
        double factor,
    @Key(value = "step and exponential: epochs for one such factor", min = 1, max = 100_000)
        int everyEpochs,
    @Key(
            value = "one-cycle: part of the run in which the rate rises",
            min = 0,
            aboveMin = true,
            max = 1,
            belowMax = true)
        double peakAt) {
  /** Linear to 0, with no warm-up. */
  public static final ScheduleSpec DEFAULT =
      new ScheduleSpec(ScheduleName.LINEAR, 0, 0, 0.5, 1, 0.3);

  /** What one-cycle starts from: the div_factor 25 of fastai and of PyTorch's OneCycleLR. */
  private static final double ONE_CYCLE_START = 1 / 25.0;

  /**
   * The courses there are. p is the part of the course's steps that are done: 0 at its first step,
   * and 1 would be the step after the last.
   */
  public enum ScheduleName {
    /** The same at every step. */
    CONSTANT,
    /** Falls by the same amount at each step: 1 - p of the rate, where it falls to 0. */
    LINEAR,
    /**
     * Falls as a half cosine: (1 + cos(pi p)) / 2 of the rate, where it falls to 0. Loshchilov and
     * Hutter, "SGDR" (2017), equation 5, without restarts.
     */
    COSINE,
    /** Multiplied by the factor at the end of every so many epochs. */
    STEP,
    /** Multiplied by the same number at each step, which comes to the factor in so many epochs. */
    EXPONENTIAL,
    /**
     * Rises from a 25th of the rate to all of it, then falls, both as half cosines. Smith and
     * Topin, "Super-convergence" (2018), in the form of PyTorch's OneCycleLR.
     */
    ONE_CYCLE
  }

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public ScheduleSpec {
    Objects.requireNonNull(name, "name");
    ConfigKey.requireInRange(
        ScheduleSpec.class, warmupEpochs, finalFraction, factor, everyEpochs, peakAt);
    if (name == ScheduleName.ONE_CYCLE && warmupEpochs > 0) {
      throw new IllegalArgumentException(
          "warmup-epochs must be 0 for one-cycle, which rises by itself until peak-at; not "
              + warmupEpochs);
    }
  }

  /** Whether the rate of a step depends on the number of epochs of the run. */
  public boolean dependsOnEpochs() {
    return switch (name) {
      case LINEAR, COSINE, ONE_CYCLE -> true;
      case CONSTANT, STEP, EXPONENTIAL -> false;
    };
  }

  /**
   * The learning rate of one optimiser step, above 0.
   *
   * @param base the optimizer's learning rate
   * @param step from 0 to totalSteps - 1
   * @param stepsPerEpoch of every epoch, at least 1
   * @param totalSteps of the whole run
   */
  public double learningRate(double base, long step, int stepsPerEpoch, long totalSteps) {
    if (step < 0 || step >= totalSteps) {
      throw new IllegalArgumentException("step " + step + " of " + totalSteps);
    }
    long warmup = Math.round(warmupEpochs * stepsPerEpoch);
    if (step < warmup) {
      // Goyal et al. (2017). The first step is above 0, and the course's first one is the first at
      // the full rate.
      return base * (step + 1) / (warmup + 1);
    }
    long done = step - warmup;
    double part = (double) done / (totalSteps - warmup);
    double epochs = (double) done / stepsPerEpoch;
    return base
        * switch (name) {
          case CONSTANT -> 1;
          case LINEAR -> finalFraction + (1 - finalFraction) * (1 - part);
          case COSINE -> fall(1, finalFraction, part);
          case STEP -> Math.pow(factor, Math.floor(epochs / everyEpochs));
          case EXPONENTIAL -> Math.pow(factor, epochs / everyEpochs);
          case ONE_CYCLE ->
              part < peakAt
                  ? fall(ONE_CYCLE_START, 1, part / peakAt)
                  : fall(1, finalFraction, (part - peakAt) / (1 - peakAt));
        };
  }

  /** A half cosine from one value, at part 0, to another, at part 1. */
  private static double fall(double from, double to, double part) {
    return to + (from - to) * (1 + Math.cos(Math.PI * part)) / 2;
  }
}
