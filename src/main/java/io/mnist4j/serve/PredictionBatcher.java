package io.mnist4j.serve;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.eval.ForwardPass;
import io.mnist4j.predict.Classifier;
import io.mnist4j.predict.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/**
 * The one thread that runs a network, which more must not do at once. All requests that came in
 * while it was busy go into one batch: a product of many rows takes hardly longer than one of a
 * few.
 */
final class PredictionBatcher implements AutoCloseable {
  private final Classifier classifier;
  private final IntConsumer batches;
  private final BlockingQueue<PendingPrediction> pending = new LinkedBlockingQueue<>();
  private final Thread thread;

  private record PendingPrediction(
      List<GreyImage> images, CompletableFuture<List<Prediction>> result) {}

  /**
   * @param batches takes the size of each batch
   */
  PredictionBatcher(ModelInstance instance, IntConsumer batches) {
    classifier = new Classifier(instance.model());
    this.batches = batches;
    thread = new Thread(() -> run(instance.backend(), instance.threads()), "network");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The prediction for each image, in their order.
   *
   * @param images of the network's size
   */
  CompletableFuture<List<Prediction>> predict(List<GreyImage> images) {
    if (images.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    CompletableFuture<List<Prediction>> result = new CompletableFuture<>();
    pending.add(new PendingPrediction(images, result));
    return result;
  }

  /** How many requests wait. */
  int length() {
    return pending.size();
  }

  private void run(Backend backend, int threads) {
    // ND4J keeps the number of threads for each thread that calls it.
    backend.setThreads(threads);
    List<PendingPrediction> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(pending.take());
        int images = batch.get(0).images().size();
        while (images < ForwardPass.BATCH && !pending.isEmpty()) {
          PendingPrediction next = pending.remove();
          images += next.images().size();
          batch.add(next);
        }
        run(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void run(List<PendingPrediction> batch) {
    List<GreyImage> images = new ArrayList<>();
    batch.forEach(request -> images.addAll(request.images()));
    batches.accept(images.size());
    try {
      List<Prediction> predictions = classifier.predict(images);
      int first = 0;
      for (PendingPrediction request : batch) {
        int last = first + request.images().size();
        request.result().complete(List.copyOf(predictions.subList(first, last)));
        first = last;
      }
    } catch (RuntimeException | Error e) {
      // One failure must not end the thread that all requests wait for.
      batch.forEach(request -> request.result().completeExceptionally(e));
    }
  }

  /** Ends the thread; what waits is not completed any more. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
