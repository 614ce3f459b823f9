package io.mnist4j.sweep;

import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;

/** Is told how a sweep goes on, always by the same thread. */
public interface SweepListener {

  /** A trial has begun. */
  default void onStart(Trial trial, TrialHistory all) {}

  /** A trial has done an epoch. */
  default void onEpoch(Trial trial, TrialHistory all) {}

  /** A trial is over. */
  default void onEnd(Trial trial, TrialHistory all) {}

  /** Nothing has happened for a while; a clock may be drawn anew. */
  default void onTick(TrialHistory all) {}
}
