package io.mnist4j.issues;

import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.train.TrainingListener;

/** Is told how the search for issues goes. */
public interface IssueMonitor extends FetchListener, TrainingListener {
  /** MNIST cannot be had, and the embedded digits stand in for it. */
  default void onFallback(String reason) {}

  /**
   * Another network begins to learn.
   *
   * @param number from 1
   * @param networks in all
   * @param epochs of each
   * @param images that it learns from
   */
  default void onNetwork(int number, int networks, int epochs, int images) {}

  /** The networks have been asked; the pictures are compared now. */
  default void onComparison(int images) {}
}
