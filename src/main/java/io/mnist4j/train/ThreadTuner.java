package io.mnist4j.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds out, while a training runs, how many threads it is quickest with: the number of cores that
 * the system reports says little where other programs run, or where a virtual machine has fewer
 * than it says.
 *
 * <p>It now and then tries all numbers on a few steps each, in turns, so that a machine whose speed
 * changes changes it for all of them; takes the quickest; and goes on with that for many times as
 * long as the trial took. The results of a step do not depend on its threads, so nothing is lost
 * but the time of those that turn out slower.
 */
public final class ThreadTuner {
  /** The first step loads classes. */
  private static final int IGNORED_STEPS = 2;

  private static final int ROUNDS = 5;
  private static final int STEPS_OF_TURN = 4;

  /** A trial ends after a round if it has taken so long. */
  private static final long TRIAL_NANOS = 100_000_000;

  /** A turn ends after a step if it has taken so long. */
  private static final long TURN_NANOS = 10_000_000;

  /** A number that is so much slower than the best one is not tried again in the same trial. */
  private static final double HOPELESS = 2;

  /** More threads have to be quicker by so much: others may need the cores. */
  private static final double WORTHWHILE = 0.93;

  /** Parts of its own length that a trial is not repeated for, at least. */
  private static final int PAUSE_PER_TRIAL = 12;

  private static final long SHORTEST_PAUSE_NANOS = 250_000_000;
  private static final long LONGEST_PAUSE_NANOS = 20_000_000_000L;

  /** Steps over which the pace is watched between trials. */
  private static final int WATCHED_STEPS = 64;

  /** So much slower than in the trial, and there is a new one. */
  private static final double CHANGED = 1.5;

  private final int[] candidates;
  private final long[] nanos;
  private final int[] steps;
  private int chosen;

  /** The candidate whose turn it is, while a trial lasts; else -1. */
  private int trying = -1;

  private int round;
  private int stepsOfTurn;
  private long nanosOfTurn;
  private long nanosOfTrial;
  private long pause = SHORTEST_PAUSE_NANOS;
  private long paused;
  private long watchedNanos;
  private int watchedSteps;
  private int ignored = IGNORED_STEPS;

  private ThreadTuner(int[] candidates) {
    this.candidates = candidates;
    nanos = new long[candidates.length];
    steps = new int[candidates.length];
    chosen = Math.min(1, candidates.length - 1);
  }

  /** Always the same number. */
  public static ThreadTuner fixed(int threads) {
    return new ThreadTuner(new int[] {threads});
  }

  /**
   * One of the powers of two up to the number of cores, or that number.
   *
   * @param cores that may be used
   */
  public static ThreadTuner automatic(int cores) {
    return new ThreadTuner(
        IntStream.concat(
                IntStream.iterate(1, threads -> threads < cores, threads -> 2 * threads),
                IntStream.of(cores))
            .toArray());
  }

  /** Whether there is more than one number to choose from. */
  public boolean isAutomatic() {
    return candidates.length > 1;
  }

  /** The most threads that it will ask for. */
  public int maxThreads() {
    return candidates[candidates.length - 1];
  }

  /** Threads for the next step. */
  public int threads() {
    return candidates[trying >= 0 ? trying : chosen];
  }

  /** What it has found to be best so far. */
  public int best() {
    return candidates[chosen];
  }

  /** Says how long the step took that {@link #threads} was asked for. */
  public void recordStep(long stepNanos) {
    if (!isAutomatic()) {
      return;
    }
    if (ignored > 0) {
      ignored--;
      if (ignored == 0) {
        begin();
      }
    } else if (trying >= 0) {
      tried(stepNanos);
    } else {
      watch(stepNanos);
    }
  }

  private void begin() {
    Arrays.fill(nanos, 0);
    Arrays.fill(steps, 0);
    round = 0;
    nanosOfTrial = 0;
    beginTurn(0);
  }

  private void beginTurn(int candidate) {
    trying = candidate;
    stepsOfTurn = 0;
    nanosOfTurn = 0;
  }

  private void tried(long stepNanos) {
    // The first step of a turn wakes threads up, or waits for them; a longer turn leaves it out.
    stepsOfTurn++;
    nanosOfTurn += stepNanos;
    nanosOfTrial += stepNanos;
    boolean over = stepsOfTurn == STEPS_OF_TURN || nanosOfTurn > TURN_NANOS;
    if (stepsOfTurn > 1 || over) {
      nanos[trying] += stepNanos;
      steps[trying]++;
    }
    if (over) {
      nextTurn();
    }
  }

  private void nextTurn() {
    int best = quickest();
    int next = trying + 1;
    while (next < candidates.length && steps[next] > 0 && mean(next) > HOPELESS * mean(best)) {
      next++;
    }
    if (next < candidates.length) {
      beginTurn(next);
      return;
    }
    round++;
    if (round < ROUNDS && nanosOfTrial < TRIAL_NANOS) {
      beginTurn(0);
    } else {
      end();
    }
  }

  private int quickest() {
    int best = 0;
    for (int i = 1; i < candidates.length; i++) {
      if (steps[i] > 0 && (steps[best] == 0 || mean(i) < WORTHWHILE * mean(best))) {
        best = i;
      }
    }
    return best;
  }

  private double mean(int candidate) {
    return (double) nanos[candidate] / steps[candidate];
  }

  private void end() {
    chosen = quickest();
    trying = -1;
    pause = Math.min(LONGEST_PAUSE_NANOS, Math.max(2 * pause, PAUSE_PER_TRIAL * nanosOfTrial));
    paused = 0;
    watchedNanos = 0;
    watchedSteps = 0;
  }

  private void watch(long stepNanos) {
    paused += stepNanos;
    watchedNanos += stepNanos;
    watchedSteps++;
    boolean changed = false;
    if (watchedSteps == WATCHED_STEPS) {
      changed = watchedNanos > CHANGED * mean(chosen) * WATCHED_STEPS;
      watchedNanos = 0;
      watchedSteps = 0;
    }
    if (changed) {
      pause = SHORTEST_PAUSE_NANOS;
    }
    if (changed || paused > pause) {
      begin();
    }
  }
}
