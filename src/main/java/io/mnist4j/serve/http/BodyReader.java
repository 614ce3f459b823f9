package io.mnist4j.serve.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** Takes in a request's body as it comes, without a thread that waits for it. */
public final class BodyReader implements Runnable {
  /** So many times the limit are read to throw them away, so that the sender hears why. */
  private static final int PATIENCE = 4;

  private final Request request;
  private final int limit;
  private final Memory memory;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> future = new CompletableFuture<>();
  private final AtomicLong held = new AtomicLong();
  private long length;

  /** What all bodies together may take. */
  public static final class Memory {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    public Memory(long most) {
      this.most = most;
    }

    boolean take(long bytes) {
      if (taken.addAndGet(bytes) <= most) {
        return true;
      }
      taken.addAndGet(-bytes);
      return false;
    }

    void giveBack(long bytes) {
      taken.addAndGet(-bytes);
    }

    /** Bytes. */
    public long taken() {
      return taken.get();
    }
  }

  /**
   * @param limit of its bytes
   * @param memory that it takes and {@link #release} gives back
   */
  public BodyReader(Request request, int limit, Memory memory) {
    this.request = request;
    this.limit = limit;
    this.memory = memory;
  }

  /**
   * The whole body, later; fails with a {@link Problem} if it is too long, comes too slowly, or
   * there is no memory for it.
   */
  public CompletableFuture<byte[]> read(int timeoutSeconds) {
    if (request.getLength() > limit
        && (request.getHeaders().contains(HttpHeader.EXPECT)
            || request.getLength() / PATIENCE > limit)) {
      future.completeExceptionally(tooLong());
      return future;
    }
    Scheduler.Task alarm =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () ->
                    future.completeExceptionally(
                        new Problem(
                            408,
                            "the request did not come in whole within %d seconds"
                                .formatted(timeoutSeconds))),
                timeoutSeconds,
                TimeUnit.SECONDS);
    run();
    return future.whenComplete((bytes, failure) -> alarm.cancel());
  }

  /** To be called when the answer is out. */
  public void release() {
    memory.giveBack(held.getAndSet(0));
  }

  /** Reads what is there, and is called again when there is more. */
  @Override
  public void run() {
    while (!future.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        future.completeExceptionally(
            new Problem(400, "the request broke off: " + chunk.getFailure().getMessage()));
      } else {
        take(chunk);
      }
    }
    if (future.isCompletedExceptionally()) {
      release();
    }
  }

  private void take(Content.Chunk chunk) {
    int bytes = chunk.remaining();
    boolean last = chunk.isLast();
    length += bytes;
    if (length <= limit) {
      if (memory.take(bytes)) {
        held.addAndGet(bytes);
        byte[] part = new byte[bytes];
        chunk.getByteBuffer().get(part);
        content.writeBytes(part);
      } else {
        future.completeExceptionally(Problem.busy("too many requests at once; try again"));
      }
    }
    chunk.release();
    if (length > (long) PATIENCE * limit || (last && length > limit)) {
      future.completeExceptionally(tooLong());
    } else if (last) {
      future.complete(content.toByteArray());
    }
  }

  private Problem tooLong() {
    return new Problem(
        413, "the body is longer than %,d bytes, the limit of this server".formatted(limit));
  }
}
