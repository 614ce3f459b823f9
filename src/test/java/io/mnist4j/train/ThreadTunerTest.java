package io.mnist4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings on machines that are made up: what a step takes depends on threads and time alone. */
class ThreadTunerTest {
  private static final long SECOND = 1_000_000_000;

  /** How long a step takes. */
  private interface Machine {
    /**
     * In nanoseconds.
     *
     * @param time since the start
     */
    double step(int threads, double time);
  }

  @Test
  void aFixedNumberStays() {
    ThreadTuner tuner = ThreadTuner.fixed(3);
    assertFalse(tuner.isAutomatic());
    for (int i = 0; i < 1_000; i++) {
      assertEquals(3, tuner.threads());
      tuner.recordStep(SECOND / 100);
    }
    assertEquals(3, tuner.best());
    assertEquals(3, tuner.maxThreads());
  }

  @Test
  void askedForAreThePowersOfTwoAndTheCores() {
    boolean[] asked = new boolean[9];
    ThreadTuner tuner = ThreadTuner.automatic(6);
    assertEquals(6, tuner.maxThreads());
    for (int i = 0; i < 1_000; i++) {
      asked[tuner.threads()] = true;
      tuner.recordStep(1_000_000);
    }
    for (int threads = 1; threads <= 8; threads++) {
      boolean expected = threads == 1 || threads == 2 || threads == 4 || threads == 6;
      assertEquals(expected, asked[threads], threads + " threads");
    }
    // All the same: the others are left to others.
    assertEquals(1, tuner.best());
    assertEquals(1, ThreadTuner.automatic(1).maxThreads());
  }

  /** Steps of 0.2, 5 and 100 milliseconds. */
  @ParameterizedTest
  @ValueSource(doubles = {2e5, 5e6, 1e8})
  void neverMuchSlowerThanTheBestNumber(double step) {
    assertNearBest("scales", (threads, time) -> step / threads, 8, 20);
    assertNearBest("does not scale", (threads, time) -> step * (1 + 0.2 * threads), 8, 20);
    // Four cores that are two, and threads that wait for each other.
    Machine half = (threads, time) -> threads <= 2 ? step / threads : 30 * step;
    assertNearBest("collapses", half, 4, 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noiseDoesNotMislead(long seed) {
    Random random = new Random(seed);
    Machine noisy =
        (threads, time) ->
            2e5 / Math.min(2, threads) * (1 + random.nextDouble())
                + (random.nextInt(50) == 0 ? 3e6 : 0);
    assertNearBest("noisy", noisy, 4, 20);
  }

  @Test
  void goesWithAMachineThatChanges() {
    // Alone for three seconds, then with somebody who has the second core.
    Machine busy = (threads, time) -> threads == 1 ? 4e5 : time < 3 ? 2e5 : 4e6;
    assertNearBest("gets busy", busy, 2, 12);
    Machine free = (threads, time) -> threads == 1 ? 4e5 : time > 3 ? 2e5 : 4e6;
    assertNearBest("gets free", free, 2, 25);
  }

  @Test
  void oneTrialTakesNotMuchMoreThanATenthOfASecond() {
    ThreadTuner tuner = ThreadTuner.automatic(4);
    long trial = 0;
    for (int step = 0; step < 2_000 && trial < SECOND; step++) {
      long took = 1_000_000L / tuner.threads();
      boolean others = tuner.threads() != 4;
      tuner.recordStep(took);
      if (others && step >= 2) {
        trial += took;
      }
    }
    assertTrue(trial < 300_000_000, "on others than the best: " + trial + " ns in two seconds");
  }

  private static void assertNearBest(String name, Machine machine, int cores, double seconds) {
    int[] candidates = {1, 2, 4, 8};
    double best = 0;
    for (int threads : candidates) {
      if (threads <= cores) {
        best = Math.max(best, stepsIn(ThreadTuner.fixed(threads), machine, seconds));
      }
    }
    double automatic = stepsIn(ThreadTuner.automatic(cores), machine, seconds);
    assertTrue(
        automatic * 1.25 >= best,
        "%s: %.0f steps, and %.0f with the best number".formatted(name, automatic, best));
  }

  private static double stepsIn(ThreadTuner tuner, Machine machine, double seconds) {
    double time = 0;
    int steps = 0;
    while (time < seconds) {
      double nanos = machine.step(tuner.threads(), time);
      tuner.recordStep((long) nanos);
      time += nanos / SECOND;
      steps++;
    }
    return steps;
  }
}
