package io.mnist4j.serve;

import io.mnist4j.serve.http.Problem;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.NanoTime;

/** Threads for work that has a deadline: what is not done by then is interrupted, or not begun. */
final class DeadlineExecutor implements AutoCloseable {
  private final ThreadPoolExecutor executor;

  /**
   * @param name of the threads
   * @param waiting how many tasks may wait for a thread
   */
  DeadlineExecutor(String name, int threads, int waiting) {
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The result of some work, later; fails with what that throws, with a {@link
   * java.util.concurrent.TimeoutException}, or with a {@link Problem} if too much work waits.
   *
   * @param deadline of {@link NanoTime}
   */
  <T> CompletableFuture<T> submit(Callable<T> work, long deadline) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      Future<?> task = executor.submit(() -> run(work, result));
      return result
          .orTimeout(NanoTime.until(deadline), TimeUnit.NANOSECONDS)
          .whenComplete(
              (value, failure) -> {
                if (failure != null) {
                  task.cancel(true);
                }
              });
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(Problem.busy("it is too busy; try again"));
    }
  }

  private static <T> void run(Callable<T> work, CompletableFuture<T> result) {
    try {
      result.complete(work.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /** Ends the threads; what waits gets no result any more. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
