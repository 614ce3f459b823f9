package io.mnist4j.data.fetch;

import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.text.Durations;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The body of an HTTP response. */
final class HttpTransfer implements ResponseBody {
  private final BodyQueue body;
  private final long start;
  private final long total;
  private final Duration stallTimeout;
  private final Deque<ByteBuffer> arrived = new ArrayDeque<>();

  HttpTransfer(BodyQueue body, long start, long total, Duration stallTimeout) {
    this.body = body;
    this.start = start;
    this.total = total;
    this.stallTimeout = stallTimeout;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long total() {
    return total;
  }

  @Override
  public ByteBuffer next() throws TransferException, InterruptedException {
    while (arrived.isEmpty()) {
      BodyQueue.Arrival arrival = body.next(stallTimeout);
      if (arrival == null) {
        throw new TransferException(
            Remedy.TRY_AGAIN, "no bytes for " + Durations.text(stallTimeout));
      }
      if (arrival.error() != null) {
        throw new TransferException(Remedy.TRY_AGAIN, "the connection was cut");
      }
      if (arrival.isEnd()) {
        return null;
      }
      arrived.addAll(arrival.bytes());
    }
    return arrived.remove();
  }

  @Override
  public void close() {
    body.cancel();
  }
}
