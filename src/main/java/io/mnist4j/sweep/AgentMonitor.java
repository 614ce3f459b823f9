package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;

/** Is told how trials go, by one thread at a time, and may end them. */
public interface AgentMonitor {
  /** A trial has begun or done an epoch, or it is time to draw a clock again. */
  void onProgress(TrialHistory all);

  /** A trial has ended. */
  void onEnd(Trial trial, TrialHistory all);

  /** Whether no more trials are to begin. */
  boolean drain();

  /** Whether running trials are to be ended; they run again when the sweep goes on. */
  boolean abandon();
}
