package io.mnist4j.sweep.workers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;

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
    threads =
        Executors.newFixedThreadPool(
            count,
            BasicThreadFactory.builder().namingPattern("trial worker %d").daemon(true).build());
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void begin(TrialTask task, TrialInbox inbox) {
    int trial = task.trial();
    threads.execute(
        () ->
            inbox.ended(
                trial, runner.run(task, epoch -> inbox.report(trial, epoch), () -> abandoned)));
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
