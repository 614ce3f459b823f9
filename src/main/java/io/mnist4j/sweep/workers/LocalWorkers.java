package io.mnist4j.sweep.workers;

import io.mnist4j.train.EpochMetrics;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of this process, which share the data. */
public final class LocalWorkers implements TrialWorkers {
  private final int count;
  private final TrialRunner runner;
  private final ExecutorService threads;
  private volatile boolean abandoned;

  /**
   * @param count trials at once, at least 1
   */
  public LocalWorkers(int count, TrialRunner runner) {
    this.count = count;
    this.runner = runner;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "trial worker " + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void begin(TrialTask task, TrialInbox inbox) {
    threads.execute(() -> inbox.ended(task.trial(), runner.run(task, channel(task, inbox))));
  }

  private TrialChannel channel(TrialTask task, TrialInbox inbox) {
    return new TrialChannel() {
      @Override
      public boolean report(EpochMetrics epoch) {
        return inbox.report(task.trial(), epoch);
      }

      @Override
      public boolean abandoned() {
        return abandoned;
      }
    };
  }

  @Override
  public void abandon() {
    abandoned = true;
  }

  @Override
  public void close() {
    abandoned = true;
    threads.shutdown();
  }
}
