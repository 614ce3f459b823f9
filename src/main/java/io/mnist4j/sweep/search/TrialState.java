package io.mnist4j.sweep.search;

import java.util.Locale;
import org.nd4j.shade.jackson.annotation.JsonValue;

/** How far a trial is. */
public enum TrialState {
  RUNNING,
  COMPLETE,
  /** Stopped by the scheduler, or at the end of the sweep's time. */
  PRUNED,
  /** Its loss or a parameter became infinite or not a number. */
  DIVERGED,
  /** Its settings contradict each other, or do not fit the images. */
  INVALID,
  /** It went wrong for another reason. */
  FAILED;

  /** What files call it, such as {@code complete}. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
