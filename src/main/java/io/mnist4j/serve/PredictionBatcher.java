package io.mnist4j.serve;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.pictures.GreyImage;
import io.mnist4j.predict.Prediction;
import io.mnist4j.predict.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/**
 * The one thread that asks a network, which more must not do at once. Whatever came in while it was
 * busy is asked together: one product of many rows takes hardly longer than one of a few.
 */
final class PredictionBatcher implements AutoCloseable {
  /** Images that are asked about at once; more gain nothing. */
  private static final int BATCH = 512;

  private final Predictor predictor;
  private final IntConsumer batches;
  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private final Thread thread;

  private record Question(List<GreyImage> images, CompletableFuture<List<Prediction>> answer) {}

  /**
   * @param backend of the network, started
   * @param threads that it computes with
   * @param batches is told the size of each batch
   */
  PredictionBatcher(Predictor predictor, Backend backend, int threads, IntConsumer batches) {
    this.predictor = predictor;
    this.batches = batches;
    thread = new Thread(() -> run(backend, threads), "network");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * One answer for each image, later.
   *
   * @param images of the network's size
   */
  CompletableFuture<List<Prediction>> predict(List<GreyImage> images) {
    CompletableFuture<List<Prediction>> answer = new CompletableFuture<>();
    questions.add(new Question(images, answer));
    return answer;
  }

  /** How many requests wait. */
  int length() {
    return questions.size();
  }

  private void run(Backend backend, int threads) {
    // ND4J's number of threads is that of the thread that asks.
    backend.setThreads(threads);
    List<Question> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(questions.take());
        int images = batch.get(0).images().size();
        while (images < BATCH && !questions.isEmpty()) {
          Question next = questions.remove();
          images += next.images().size();
          batch.add(next);
        }
        answer(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void answer(List<Question> batch) {
    List<GreyImage> images = new ArrayList<>();
    batch.forEach(question -> images.addAll(question.images()));
    batches.accept(images.size());
    try {
      List<Prediction> predictions = predictor.predict(images);
      int first = 0;
      for (Question question : batch) {
        int last = first + question.images().size();
        question.answer().complete(List.copyOf(predictions.subList(first, last)));
        first = last;
      }
    } catch (RuntimeException | Error e) {
      // One failure must not end the thread that everybody waits for.
      batch.forEach(question -> question.answer().completeExceptionally(e));
    }
  }

  /** Ends the thread; what waits is not answered any more. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
