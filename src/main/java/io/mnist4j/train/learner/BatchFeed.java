package io.mnist4j.train.learner;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Gives the batches of one thread to {@link org.deeplearning4j.parallelism.ParallelWrapper}, which
 * asks for them in a loop of its own. For each step the wrapper takes one part of the batch for
 * each device, calls {@link #hasNext} once and ignores the answer, trains, and calls it again: the
 * step is done then.
 */
final class BatchFeed implements Iterator<DataSet> {
  private final Queue<DataSet> waiting = new ArrayDeque<>();
  private boolean allTaken;
  private boolean training;
  private boolean closed;
  private boolean ended;
  private Throwable failure;

  /**
   * Waits until the network was trained on all of these.
   *
   * @throws IllegalStateException if that failed
   */
  synchronized void run(List<DataSet> parts) {
    waiting.addAll(parts);
    training = true;
    notifyAll();
    waitWhile(() -> training && !ended);
    if (ended) {
      throw new IllegalStateException("the devices could not train together", failure);
    }
  }

  /** Ends the wrapper's loop, and waits until it has ended. */
  synchronized void close() {
    closed = true;
    notifyAll();
    waitWhile(() -> !ended);
  }

  /**
   * To be called when the wrapper's loop has ended.
   *
   * @param why it failed; null if it did not
   */
  synchronized void end(Throwable why) {
    ended = true;
    failure = why;
    notifyAll();
  }

  @Override
  public synchronized boolean hasNext() {
    if (allTaken) {
      allTaken = false;
      return true;
    }
    if (waiting.isEmpty()) {
      training = false;
      notifyAll();
    }
    waitWhile(() -> waiting.isEmpty() && !closed);
    return !waiting.isEmpty();
  }

  @Override
  public synchronized DataSet next() {
    DataSet part = waiting.remove();
    allTaken = waiting.isEmpty();
    return part;
  }

  private synchronized void waitWhile(BooleanSupplier condition) {
    try {
      while (condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while devices trained together", e);
    }
  }
}
