package io.mnist4j.data.fetch;

import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.text.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The bytes of a file, or of its rest, on their way from a mirror. Another thread waits for them,
 * so that a mirror that stalls is noticed.
 */
final class ResponseBody implements AutoCloseable {
  private final InputStream in;
  private final long start;
  private final long total;
  private final Duration stallTimeout;
  private final Function<IOException, TransferException> failure;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(task -> daemon(task, "read from a mirror"));

  /**
   * @param in closed with the body
   * @param start where in the file the first byte belongs; 0 if the mirror does not resume
   * @param total length of the whole file, or -1 if the mirror does not say
   * @param stallTimeout with no further byte
   * @param failure what it means that reading fails
   */
  ResponseBody(
      InputStream in,
      long start,
      long total,
      Duration stallTimeout,
      Function<IOException, TransferException> failure) {
    this.in = in;
    this.start = start;
    this.total = total;
    this.stallTimeout = stallTimeout;
    this.failure = failure;
  }

  /** A thread that does not keep the process alive: a system call may hold it for long. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  long start() {
    return start;
  }

  long total() {
    return total;
  }

  /** Reads the next bytes; returns their number, or -1 at the end. */
  int read(byte[] buffer) throws TransferException, InterruptedException {
    try {
      return reader
          .submit(() -> in.read(buffer))
          .get(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TransferException(Remedy.TRY_AGAIN, "no bytes for " + Durations.text(stallTimeout));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException reason) {
        throw failure.apply(reason);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Stops it, wherever it is. */
  @Override
  public void close() {
    reader.shutdownNow();
    try {
      in.close();
    } catch (IOException e) {
      // Only read from: nothing is lost.
    }
  }
}
