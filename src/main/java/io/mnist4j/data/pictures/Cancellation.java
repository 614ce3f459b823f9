package io.mnist4j.data.pictures;

import java.util.concurrent.CancellationException;

/** Ends long work on a picture when its thread is interrupted: its time is over. */
public final class Cancellation {
  private Cancellation() {}

  /**
   * To be called now and then within the work.
   *
   * @throws CancellationException if the thread was interrupted, which it stays
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the work on a picture was interrupted");
    }
  }
}
