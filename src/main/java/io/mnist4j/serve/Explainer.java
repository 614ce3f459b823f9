package io.mnist4j.serve;

import io.mnist4j.backend.Backend;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.predict.Predictor;
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
 * Says why, beside the predictions: an explanation takes as long as hundreds of them, and would
 * keep everybody waiting. So it asks a network of its own, a copy, in a thread of its own.
 */
final class Explainer implements AutoCloseable {
  /** How many explanations may wait. */
  private static final int WAITING = 100;

  private final TrainedModel model;
  private final Backend backend;
  private final ThreadPoolExecutor executor;
  private Predictor predictor;

  /**
   * @param backend of the model, started
   */
  Explainer(TrainedModel model, Backend backend) {
    this.model = model;
    this.backend = backend;
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
   * The reasons for each reading's best class, in their order.
   *
   * @throws Problem if too many wait already
   */
  CompletableFuture<List<Saliency>> explain(List<RecognizedDigit> readings) throws Problem {
    try {
      return CompletableFuture.supplyAsync(() -> saliencies(readings), executor);
    } catch (RejectedExecutionException e) {
      throw Problem.busy("too many explanations are asked for; try again, or without explain");
    }
  }

  private List<Saliency> saliencies(List<RecognizedDigit> readings) {
    if (predictor == null) {
      backend.setThreads(1);
      predictor =
          new Predictor(
              new TrainedModel(model.network().clone(), model.provenance(), model.origin()));
    }
    List<Saliency> saliencies = new ArrayList<>();
    for (RecognizedDigit digit : readings) {
      saliencies.add(Saliency.of(predictor, digit.digit().image(), digit.prediction().best()));
    }
    return saliencies;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
