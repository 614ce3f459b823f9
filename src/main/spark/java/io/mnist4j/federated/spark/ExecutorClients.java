package io.mnist4j.federated.spark;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.store.DataSelection;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.federated.ClientLearner;
import io.mnist4j.federated.ClientTask;
import io.mnist4j.federated.Federation;
import io.mnist4j.federated.FederationFile;
import io.mnist4j.run.TrainingInputs;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.broadcast.Broadcast;

/** An executor: the data, and a learner for each client that trains at the same time. */
final class ExecutorClients implements ExecutorPlugin {
  /** Spark runs one application in a process, and gives tasks no way to its plugins. */
  private static volatile ExecutorClients current;

  private final Queue<ClientLearner> free = new ArrayDeque<>();
  private Federation federation;
  private TrainingInputs inputs;
  private Backend backend;
  private boolean ended;

  @Override
  public void init(PluginContext context, Map<String, String> unused) {
    current = this;
  }

  /** That of this process. */
  static ExecutorClients current() {
    return current;
  }

  /** Trains a client on the calling thread, which is a Spark task's. */
  SentUpdate train(ClientTask task, Broadcast<SentFederation> sent) {
    ClientLearner learner = take(sent);
    try {
      backend.setThreads(1);
      return new SentUpdate(learner.train(task), null);
    } catch (DivergedException e) {
      return new SentUpdate(null, e);
    } finally {
      giveBack(learner);
    }
  }

  private synchronized ClientLearner take(Broadcast<SentFederation> sent) {
    if (!free.isEmpty()) {
      return free.remove();
    }
    try {
      if (inputs == null) {
        prepare(sent.value());
      }
    } catch (Mnist4jException e) { // Of another version of the program, or another machine.
      throw new IllegalStateException(e.getMessage(), e);
    }
    return new ClientLearner(federation, inputs, backend);
  }

  private void prepare(SentFederation sent) throws Mnist4jException {
    federation = FederationFile.parse(sent.settings());
    DataSplit images =
        DataSelection.of(sent.dataset().toDataset(), federation.data(), federation.seed());
    backend = Backend.cpu().start();
    inputs = new TrainingInputs(federation.experiment(), images);
  }

  private synchronized void giveBack(ClientLearner learner) {
    if (ended) {
      learner.close();
    } else {
      free.add(learner);
    }
  }

  @Override
  public synchronized void shutdown() {
    ended = true;
    free.forEach(ClientLearner::close);
    free.clear();
  }
}
