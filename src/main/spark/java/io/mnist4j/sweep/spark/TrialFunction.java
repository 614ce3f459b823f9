package io.mnist4j.sweep.spark;

import io.mnist4j.sweep.workers.TrialOutcome;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** What a task does with a trial. */
final class TrialFunction implements Function<SentTrial, TrialOutcome> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SentDataset> dataset;

  TrialFunction(Broadcast<SentDataset> dataset) {
    this.dataset = dataset;
  }

  @Override
  public TrialOutcome call(SentTrial trial) {
    return ExecutorSide.current().run(trial, dataset);
  }
}
