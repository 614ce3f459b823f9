package io.mnist4j.sweep.spark;

import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.workers.SentTrial;
import io.mnist4j.sweep.workers.TrialInbox;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialTask;
import io.mnist4j.sweep.workers.TrialWorkers;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Executors of a Spark cluster. Each trial is a job of its own: one that ends its executor each
 * time that it is run fails alone.
 */
final class SparkWorkers implements TrialWorkers {
  /** Spark's own message is a page long; its first line ends with this. */
  private static final Pattern LAST_FAILURE =
      Pattern.compile("most recent failure: Lost task [^:]*: (.*)", Pattern.DOTALL);

  private final JavaSparkContext context;
  private final DriverSide driver;
  private final Broadcast<SentDataset> dataset;
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
      Broadcast<SentDataset> dataset,
      OptionalInt atOnce,
      int threads,
      double patienceSeconds) {
    this.context = context;
    this.driver = driver;
    this.dataset = dataset;
    this.atOnce = atOnce;
    this.threads = threads;
    this.patienceSeconds = patienceSeconds;
    jobs =
        Executors.newCachedThreadPool(
            BasicThreadFactory.builder().namingPattern("Spark job").daemon(true).build());
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
      return context
          .parallelize(List.of(SentTrial.of(task)), 1)
          .map(function(dataset))
          .collect()
          .get(0);
    } catch (Exception e) { // Scala's methods throw checked exceptions that they do not declare.
      if (abandoned || isStopped()) {
        return TrialOutcome.without(TrialState.RUNNING, "abandoned");
      }
      return TrialOutcome.without(TrialState.FAILED, reason(e));
    }
  }

  /** What a task does with a trial; it is sent, and must not hold this object. */
  private static Function<SentTrial, TrialOutcome> function(Broadcast<SentDataset> dataset) {
    return trial -> ExecutorSide.current().run(trial, dataset);
  }

  /** What Spark says of a failure, in a line. */
  static String reason(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    Matcher failure = LAST_FAILURE.matcher(message);
    String reason = failure.find() ? failure.group(1) : message;
    return reason.strip().lines().findFirst().orElse("no reason given").strip();
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
