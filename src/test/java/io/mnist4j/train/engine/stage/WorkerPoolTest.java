package io.mnist4j.train.engine.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
  @Test
  void everyPartIsDoneOnce() {
    try (WorkerPool crew = new WorkerPool(4)) {
      for (int job = 0; job < 20_000; job++) {
        crew.resize(1 + job % 5);
        int parts = job % 23;
        AtomicIntegerArray done = new AtomicIntegerArray(parts);
        crew.run(
            parts,
            (part, worker) -> {
              assertTrue(worker < crew.capacity());
              done.getAndIncrement(part);
            });
        for (int part = 0; part < parts; part++) {
          assertEquals(1, done.get(part));
        }
      }
    }
  }

  /** Long enough between two jobs for the workers to have gone to sleep. */
  @Test
  void sleepersWakeUp() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          try (WorkerPool crew = new WorkerPool(3)) {
            crew.resize(3);
            for (int job = 0; job < 30; job++) {
              AtomicIntegerArray done = new AtomicIntegerArray(6);
              crew.run(6, (part, worker) -> done.getAndIncrement(part));
              Thread.sleep(3);
              for (int part = 0; part < 6; part++) {
                assertEquals(1, done.get(part));
              }
            }
          }
        });
  }

  @Test
  void whatAPartThrowsReachesTheCaller() {
    RuntimeException thrown = new RuntimeException("part 3");
    try (WorkerPool crew = new WorkerPool(2)) {
      crew.resize(2);
      RuntimeException seen =
          assertThrows(
              IllegalStateException.class,
              () ->
                  crew.run(
                      8,
                      (part, worker) -> {
                        if (part == 3) {
                          throw thrown;
                        }
                      }));
      assertSame(thrown, seen.getCause());
      AtomicIntegerArray done = new AtomicIntegerArray(8);
      crew.run(8, (part, worker) -> done.getAndIncrement(part));
      assertEquals(1, done.get(7));
    }
  }

  @Test
  void threadsEndWithTheCrew() throws InterruptedException {
    Thread[] threads = new Thread[1];
    try (WorkerPool crew = new WorkerPool(2)) {
      crew.resize(2);
      while (threads[0] == null) {
        crew.run(
            2,
            (part, worker) -> {
              if (worker == 1) {
                threads[0] = Thread.currentThread();
              }
            });
      }
    }
    threads[0].join(10_000);
    assertEquals(Thread.State.TERMINATED, threads[0].getState());
  }
}
