package io.mnist4j.sweep.spark;

import io.mnist4j.cluster.spark.SentDataset;
import io.mnist4j.cluster.spark.SparkApplication;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.sweep.search.SweepSettings;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.workers.SentTrial;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.sweep.workers.TrialInbox;
import io.mnist4j.sweep.workers.TrialOutcome;
import io.mnist4j.sweep.workers.TrialTask;
import io.mnist4j.sweep.workers.TrialWorkers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Executors of a Spark cluster. Each trial is a job of its own: one that ends its executor each
 * time that it is run fails alone.
 */
final class SparkWorkers implements TrialWorkers {
  private final SparkApplication application;
  private final DriverSide driver;
  private final SweepSettings settings;
  private final Broadcast<SentDataset> dataset;

  /** Of the choice of images. */
  private final long seed;

  private final ExecutorService jobs;
  private volatile boolean abandoned;

  /**
   * @param settings how many trials at once: where they do not say, as many as there are free cores
   *     for, at any time
   */
  SparkWorkers(
      SparkApplication application, DriverSide driver, SweepSettings settings, TrialImages images) {
    this.application = application;
    this.driver = driver;
    this.settings = settings;
    dataset = application.context().broadcast(SentDataset.of(images.dataset()));
    seed = images.seed();
    jobs =
        Executors.newCachedThreadPool(
            BasicThreadFactory.builder().namingPattern("Spark job").daemon(true).build());
  }

  @Override
  public int count() {
    return settings.parallelTrials().orElseGet(() -> application.slots(settings.threads()));
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
    JavaSparkContext context = application.context();
    try {
      // Of this thread: what Spark's own pages call the job.
      context.setJobDescription("trial " + task.trial());
      return context
          .parallelize(List.of(SentTrial.of(task)), 1)
          .map(function(dataset, seed))
          .collect()
          .get(0);
    } catch (Exception e) { // Scala's methods throw checked exceptions that they do not declare.
      if (abandoned || application.isStopped()) {
        return TrialOutcome.without(TrialState.RUNNING, "abandoned");
      }
      return TrialOutcome.without(TrialState.FAILED, SparkApplication.reason(e));
    }
  }

  /** What a task does with a trial; it is sent, and must not hold this object. */
  private static Function<SentTrial, TrialOutcome> function(
      Broadcast<SentDataset> dataset, long seed) {
    return trial -> ExecutorSide.current().run(trial, dataset, seed);
  }

  @Override
  public void check() throws WorkersException {
    if (!abandoned) {
      application.check();
    }
  }

  @Override
  public void abandon() {
    abandoned = true;
    driver.silence();
    if (!application.isStopped()) {
      application.context().sc().cancelAllJobs();
    }
  }

  @Override
  public void close() {
    abandoned = true;
    driver.silence();
    jobs.shutdown();
    application.close();
  }
}
