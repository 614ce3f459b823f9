package io.mnist4j.api;

import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.sweep.SweepFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One choice of settings that is to be measured. For the thread that measures. */
public final class SearchTrial {
  private final Path sweep;
  private final int number;
  private final Map<String, Object> settings;
  private final Path config;
  private boolean stopped;

  SearchTrial(Path sweep, int number, Map<String, Object> settings, Path config) {
    this.sweep = sweep;
    this.number = number;
    this.settings = settings;
    this.config = config;
  }

  /** Its number, from 0. */
  public int number() {
    return number;
  }

  /** What varies: keys of the experiment, such as {@code training.batch-size}, to values. */
  public Map<String, Object> settings() {
    return settings;
  }

  /** The complete experiment file, for {@link Training#config}. */
  public Path config() {
    return config;
  }

  /**
   * Reports the objective after an epoch, by which the sweep's scheduler may stop the trial.
   *
   * @return whether to go on; if not, the value that is returned in the end does not count
   * @throws Mnist4jException if the objective cannot have that value
   * @throws IOException if the sweep's folder cannot be written
   */
  public boolean report(double value) throws Mnist4jException, IOException {
    if (!stopped) {
      try (SweepFolder folder = SweepFolder.open(sweep, SweepFolder.read(sweep, List.of()), true)) {
        stopped = !folder.tellEpoch(number, value);
      }
    }
    return !stopped;
  }

  /** Whether the scheduler has stopped it. */
  boolean stopped() {
    return stopped;
  }
}
