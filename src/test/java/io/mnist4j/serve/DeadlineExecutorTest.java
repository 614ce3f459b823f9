package io.mnist4j.serve;

import static io.mnist4j.serve.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.pictures.Cancellation;
import io.mnist4j.serve.http.Problem;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.NanoTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineExecutorTest {
  private final DeadlineExecutor executor = new DeadlineExecutor("test", 1, 1);

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void workHasAResultOrAFailure() throws Exception {
    assertEquals(7, executor.submit(() -> 7, later()).get(20, TimeUnit.SECONDS));
    CompletableFuture<Object> failing =
        executor.submit(
            () -> {
              throw new IOException("no");
            },
            later());
    assertInstanceOf(IOException.class, failure(failing));
  }

  /** Its thread then does what comes next, though the work itself would never end. */
  @Test
  void workIsInterruptedAtItsDeadline() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CompletableFuture<Object> endless =
        executor.submit(
            () -> {
              try {
                while (true) {
                  Cancellation.check();
                  Thread.onSpinWait();
                }
              } finally {
                interrupted.countDown();
              }
            },
            NanoTime.now() + 50_000_000);
    assertInstanceOf(TimeoutException.class, failure(endless));
    assertTrue(interrupted.await(20, TimeUnit.SECONDS));
    assertEquals(8, executor.submit(() -> 8, later()).get(20, TimeUnit.SECONDS));
  }

  @Test
  void workThatWaitedTooLongIsNotBegunAndTooMuchIsRefused() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> first =
        executor.submit(
            () -> {
              begun.countDown();
              return go.await(20, TimeUnit.SECONDS);
            },
            later());
    assertTrue(begun.await(20, TimeUnit.SECONDS));
    CompletableFuture<Object> late =
        executor.submit(
            () -> {
              throw new AssertionError("begun");
            },
            NanoTime.now());
    assertInstanceOf(TimeoutException.class, failure(late));
    assertEquals(503, ((Problem) failure(executor.submit(() -> 1, later()))).status());
    go.countDown();
    assertTrue(first.get(20, TimeUnit.SECONDS));
  }

  private static long later() {
    return NanoTime.now() + TimeUnit.SECONDS.toNanos(20);
  }
}
