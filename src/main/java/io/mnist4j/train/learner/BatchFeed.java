package io.mnist4j.train.learner;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Hands one thread's batches to {@link org.deeplearning4j.parallelism.ParallelWrapper}, which asks
 * for them in a loop of its own, round by round. It takes a round's batches, asks for more once
 * without heeding the answer, learns from them, and asks again: then the round is over.
 */
final class BatchFeed implements DataSetIterator {
  private static final long serialVersionUID = 1L;

  private final transient Queue<DataSet> waiting = new ArrayDeque<>();
  private boolean allTaken;
  private boolean learning;
  private boolean closed;
  private boolean ended;
  private Throwable failure;

  /**
   * Waits until all of these have been learned from.
   *
   * @throws IllegalStateException if that failed
   */
  synchronized void run(List<DataSet> round) {
    waiting.addAll(round);
    learning = true;
    notifyAll();
    waitWhile(() -> learning && !ended);
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
      learning = false;
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

  @Override
  public DataSet next(int examples) {
    return next();
  }

  @Override
  public boolean resetSupported() {
    return false;
  }

  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("a training goes forward");
  }

  @Override
  public int inputColumns() {
    throw new UnsupportedOperationException("not asked for");
  }

  @Override
  public int totalOutcomes() {
    throw new UnsupportedOperationException("not asked for");
  }

  @Override
  public int batch() {
    throw new UnsupportedOperationException("not asked for");
  }

  @Override
  public List<String> getLabels() {
    return List.of();
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    throw new UnsupportedOperationException("the batches are ready");
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return null;
  }
}
