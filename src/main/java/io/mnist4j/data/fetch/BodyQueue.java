package io.mnist4j.data.fetch;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Takes a response's body from the HTTP client's threads to ours. Unlike an input stream it can be
 * waited on for a limited time, which is how a stalled mirror is noticed.
 */
final class BodyQueue implements Flow.Subscriber<List<ByteBuffer>> {
  /** What arrived: bytes, or the end (no bytes) with or without an error. */
  record Arrival(List<ByteBuffer> bytes, Throwable error) {
    boolean isEnd() {
      return bytes == null;
    }
  }

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private volatile Flow.Subscription subscription;

  /** The next arrival; null if there is none in time. */
  Arrival next(Duration limit) throws InterruptedException {
    Arrival arrival = arrivals.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (arrival != null && !arrival.isEnd()) {
      subscription.request(1);
    }
    return arrival;
  }

  void cancel() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    arrivals.add(new Arrival(bytes, null));
  }

  @Override
  public void onError(Throwable error) {
    arrivals.add(new Arrival(null, error));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival(null, null));
  }
}
