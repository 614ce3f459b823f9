package io.mnist4j.sweep.spark;

import io.mnist4j.sweep.workers.TrialInbox;
import io.mnist4j.train.EpochMetrics;

/**
 * What a trial has told so far. Spark runs it again where its executor is lost, and it comes to the
 * same figures: the sweep hears of each epoch once.
 */
final class Conversation {
  private final int trial;
  private final TrialInbox inbox;
  private int lastEpoch;
  private boolean goOn = true;

  Conversation(int trial, TrialInbox inbox) {
    this.trial = trial;
    this.inbox = inbox;
  }

  /** Whether the trial is to go on. */
  synchronized boolean answer(EpochMetrics epoch) {
    if (epoch.epoch() > lastEpoch) {
      goOn = inbox.report(trial, epoch);
      lastEpoch = epoch.epoch();
    }
    return goOn || epoch.epoch() < lastEpoch;
  }
}
