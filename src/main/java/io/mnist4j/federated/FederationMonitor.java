package io.mnist4j.federated;

import io.mnist4j.data.fetch.FetchListener;

/** Is told how a federation goes, and may end it. */
public interface FederationMonitor extends FetchListener {
  /** MNIST cannot be had, and the embedded digits stand in for it. */
  void onFallback(String reason);

  /** All is ready, and the next round comes. */
  void onStart(FederationStart start);

  /** A round is done. */
  void onRound(RoundMetrics round);

  /** Asked after each round: whether the federation is to save its state and end. */
  boolean stopRequested();
}
