package io.mnist4j.sweep.spark;

import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.workers.TrialInbox;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialTask;
import io.mnist4j.sweep.workers.TrialWorkers;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Executors of a Spark cluster. Each trial is a job of its own: one that ends its executor however
 * often it is run is a job that fails, and ends no other.
 */
final class SparkWorkers implements TrialWorkers {
  private final JavaSparkContext context;
  private final DriverSide driver;
  private final TrialFunction function;
  private final OptionalInt atOnce;
  private final int threads;
  private final double patienceSeconds;
  private final ExecutorService jobs;
  private volatile boolean abandoned;

  /**
   * @param atOnce trials at once; empty for as many as there are free cores for, at any time
   * @param threads of a trial
   * @param patienceSeconds after which a cluster without executors is given up
   */
  SparkWorkers(
      JavaSparkContext context,
      DriverSide driver,
      TrialFunction function,
      OptionalInt atOnce,
      int threads,
      double patienceSeconds) {
    this.context = context;
    this.driver = driver;
    this.function = function;
    this.atOnce = atOnce;
    this.threads = threads;
    this.patienceSeconds = patienceSeconds;
    jobs =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "Spark job");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public int count() {
    return atOnce.orElseGet(() -> Math.max(1, driver.cores().slots(threads)));
  }

  @Override
  public void begin(TrialTask task, TrialInbox inbox) {
    driver.open(task.trial(), inbox);
    jobs.execute(
        () -> {
          TrialOutcome outcome = run(task);
          driver.close(task.trial());
          inbox.ended(task.trial(), outcome);
        });
  }

  private TrialOutcome run(TrialTask task) {
    try {
      // Of this thread: what Spark's own pages call the job.
      context.setJobDescription("trial " + task.trial());
      return context.parallelize(List.of(SentTrial.of(task)), 1).map(function).collect().get(0);
    } catch (Exception e) { // Scala's methods throw checked exceptions that they do not declare.
      if (abandoned || isStopped()) {
        return new TrialOutcome.Abandoned();
      }
      return new TrialOutcome.Failed(Reason.of(e));
    }
  }

  private boolean isStopped() {
    return context.sc().isStopped();
  }

  @Override
  public void check() throws WorkersException {
    if (isStopped() && !abandoned) {
      throw new WorkersException(
          "the Spark cluster has ended the application; its master's and workers' logs say why");
    }
    if (driver.cores().secondsWithoutExecutor() > patienceSeconds) {
      throw new WorkersException(
          "the Spark cluster has given no executor for %.0f s; its workers are lost or busy"
              .formatted(patienceSeconds));
    }
  }

  @Override
  public void abandon() {
    abandoned = true;
    driver.silence();
    if (!isStopped()) {
      context.sc().cancelAllJobs();
    }
  }

  @Override
  public void close() {
    abandoned = true;
    driver.silence();
    jobs.shutdown();
    context.close();
  }
}
