package io.mnist4j.federated;

import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.DivergedException;
import io.mnist4j.eval.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;

/** Threads that train clients side by side, each with a learner of its own. */
final class ClientPool implements ClientTrainer {
  /** Images that are evaluated as one task. */
  private static final int CHUNK = 1_024;

  private final List<ClientLearner> learners = new ArrayList<>();
  private final BlockingQueue<ClientLearner> free = new LinkedBlockingQueue<>();
  private final ExecutorService threads;
  private ImageSet evaluated;
  private List<ImageSet> chunks = List.of();

  /** Does something with a learner. */
  private interface LearnerWork<T> {
    T with(ClientLearner learner) throws DivergedException;
  }

  /**
   * @param count of the threads, at least 1
   * @param onStart is done by each thread before all else
   */
  ClientPool(int count, Supplier<ClientLearner> learner, Runnable onStart) {
    for (int i = 0; i < count; i++) {
      learners.add(learner.get());
    }
    free.addAll(learners);
    threads =
        Executors.newFixedThreadPool(
            count,
            BasicThreadFactory.builder()
                .namingPattern("client worker %d")
                .daemon(true)
                .wrappedFactory(
                    work ->
                        new Thread(
                            () -> {
                              onStart.run();
                              work.run();
                            }))
                .build());
  }

  @Override
  public void train(List<ClientTask> tasks, Consumer<ClientUpdate> inOrder)
      throws DivergedException {
    List<Future<ClientUpdate>> updates = new ArrayList<>();
    for (ClientTask task : tasks) {
      updates.add(submit(learner -> learner.train(task)));
    }
    for (int i = 0; i < updates.size(); i++) {
      inOrder.accept(await(updates.set(i, null)));
    }
  }

  @Override
  public int atOnce() {
    return learners.size();
  }

  /**
   * What a network does on images, whatever the number of threads to the same bits.
   *
   * @param parameters of it; the same array means the same numbers
   */
  Evaluation evaluate(float[] parameters, ImageSet images) {
    if (evaluated != images) {
      evaluated = images;
      chunks = chunks(images);
    }
    List<Future<Evaluation>> parts = new ArrayList<>();
    for (ImageSet chunk : chunks) {
      parts.add(submit(learner -> learner.evaluate(parameters, chunk)));
    }
    int correct = 0;
    double loss = 0;
    try {
      for (Future<Evaluation> part : parts) {
        Evaluation found = await(part);
        correct += found.correct();
        loss += found.loss() * found.images();
      }
    } catch (DivergedException e) {
      throw new IllegalStateException(e);
    }
    return new Evaluation(images.size(), correct, loss / images.size());
  }

  private static List<ImageSet> chunks(ImageSet images) {
    List<ImageSet> chunks = new ArrayList<>();
    int perImage = images.pixelsPerImage();
    for (int from = 0; from < images.size(); from += CHUNK) {
      int to = Math.min(images.size(), from + CHUNK);
      chunks.add(
          new ImageSet(
              images.height(),
              images.width(),
              Arrays.copyOfRange(images.pixels(), from * perImage, to * perImage),
              Arrays.copyOfRange(images.labels(), from, to)));
    }
    return chunks;
  }

  private <T> Future<T> submit(LearnerWork<T> work) {
    return threads.submit(
        () -> {
          ClientLearner learner = free.take();
          try {
            return work.with(learner);
          } finally {
            free.add(learner);
          }
        });
  }

  private static <T> T await(Future<T> result) throws DivergedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DivergedException diverged) {
        throw diverged;
      }
      throw new IllegalStateException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while clients train", e);
    }
  }

  /** Ends what still trains, and waits for it: its memory is given back. */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    learners.forEach(ClientLearner::close);
  }
}
