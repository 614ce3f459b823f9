package io.mnist4j.serve;

import io.mnist4j.model.TrainedModel;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.predict.Saliency;
import io.mnist4j.serve.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Explains predictions beside the thread that makes them: an explanation takes as long as hundreds
 * of predictions. So it has a copy of the network, and a thread of its own.
 */
final class Explainer implements AutoCloseable {
  /** How many explanations may wait. */
  private static final int WAITING = 100;

  private final ModelInstance instance;
  private final ThreadPoolExecutor executor;
  private Classifier classifier;

  Explainer(ModelInstance instance) {
    this.instance = instance;
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "explanations");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The explanation of each digit's most probable class, in their order.
   *
   * @throws Problem if too many wait already
   */
  CompletableFuture<List<Saliency>> explain(List<RecognizedDigit> digits) throws Problem {
    try {
      return CompletableFuture.supplyAsync(() -> saliencies(digits), executor);
    } catch (RejectedExecutionException e) {
      throw Problem.busy("too many explanations are asked for; try again, or without explain");
    }
  }

  private List<Saliency> saliencies(List<RecognizedDigit> digits) {
    if (classifier == null) {
      instance.backend().setThreads(1);
      TrainedModel model = instance.model();
      classifier =
          new Classifier(
              new TrainedModel(model.network().clone(), model.provenance(), model.origin()));
    }
    List<Saliency> saliencies = new ArrayList<>();
    for (RecognizedDigit digit : digits) {
      saliencies.add(Saliency.of(classifier, digit.digit().image(), digit.prediction().best()));
    }
    return saliencies;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
