package io.mnist4j.federated.spark;

import io.mnist4j.cluster.spark.SparkApplication;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.WorkersException;
import io.mnist4j.federated.ClientTask;
import io.mnist4j.federated.ClientTrainer;
import io.mnist4j.federated.ClientUpdate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Clients on a Spark cluster. A round is a job, with a task for each client: one whose executor is
 * lost is run again on another, with the same result.
 */
final class SparkClients implements ClientTrainer {
  private final SparkApplication application;
  private final Broadcast<SentFederation> federation;

  SparkClients(SparkApplication application, SentFederation federation) {
    this.application = application;
    this.federation = application.context().broadcast(federation);
  }

  @Override
  public void train(List<ClientTask> tasks, Consumer<ClientUpdate> inOrder)
      throws DivergedException, WorkersException {
    if (tasks.isEmpty()) {
      return;
    }
    JavaSparkContext context = application.context();
    context.setJobDescription("round " + tasks.get(0).round());
    Broadcast<SentTask.Shared> shared = context.broadcast(SentTask.Shared.of(tasks.get(0)));
    List<SentTask> sent = tasks.stream().map(SentTask::of).toList();
    JavaFutureAction<List<SentUpdate>> job =
        context.parallelize(sent, sent.size()).map(function(federation, shared)).collectAsync();
    for (SentUpdate update : await(job)) {
      inOrder.accept(update.get());
    }
    shared.destroy();
  }

  /** What a task does with a client; it is sent, and must not hold this object. */
  private static Function<SentTask, SentUpdate> function(
      Broadcast<SentFederation> federation, Broadcast<SentTask.Shared> shared) {
    return sent -> ExecutorClients.current().train(sent.toTask(shared.value()), federation);
  }

  private List<SentUpdate> await(JavaFutureAction<List<SentUpdate>> job) throws WorkersException {
    while (true) {
      try {
        return job.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        application.check();
      } catch (ExecutionException e) {
        application.check();
        throw new WorkersException(
            "a client failed on the Spark cluster: " + SparkApplication.reason(e.getCause()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new WorkersException("interrupted while clients train on the Spark cluster", e);
      }
    }
  }

  @Override
  public int atOnce() {
    return application.slots(1);
  }

  @Override
  public void close() {
    application.close();
  }
}
