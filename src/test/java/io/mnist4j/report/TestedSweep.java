package io.mnist4j.report;

import io.mnist4j.sweep.SweepFolder;
import io.mnist4j.sweep.SweepSummary;
import io.mnist4j.sweep.Sweeps;
import java.nio.file.Path;

/** Sweeps whose trials were told their results. */
public final class TestedSweep {
  private TestedSweep() {}

  /**
   * A sweep in the subfolder {@code s}: complete trials with these values, then one that was pruned
   * after its first epoch, then one that failed.
   *
   * @param values between 0.5 and 1
   */
  public static SweepSummary of(Path folder, double... values) throws Exception {
    String search = "method: random\nscheduler: {median: {startup-trials: 1}}\ntrials: 9\n";
    try (SweepFolder sweep =
        SweepFolder.create(folder, "s", Sweeps.read(folder, search + Sweeps.SPACE))) {
      for (double value : values) {
        int number = sweep.ask().orElseThrow().number();
        sweep.tellEpoch(number, 0.5);
        sweep.tell(number, value);
      }
      if (values.length > 0) {
        sweep.tellEpoch(sweep.ask().orElseThrow().number(), 0.25);
        sweep.tellFailed(sweep.ask().orElseThrow().number(), "no <power>");
      }
      return sweep.summary();
    }
  }
}
