package io.mnist4j.train.engine.stage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that run the parts of one job in parallel, together with the calling thread.
 *
 * <p>Jobs take a few microseconds and follow each other at once, so a waiting thread spins first.
 * It soon sleeps: more spinning threads than cores would slow down the working ones. A free thread
 * takes the next part, so a thread that the system has suspended delays one part only.
 */
public final class WorkerPool implements AutoCloseable {
  /** Longer than the pause between two jobs of a step, shorter than a time slice. */
  private static final long SPIN_NANOS = 100_000;

  private static final int SPINS_BETWEEN_LOOKS = 64;

  private final Worker[] workers;
  private volatile Job job = new Job(0, 1, (part, worker) -> {});
  private int size;

  /** One part of a job. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does one part.
     *
     * @param part from 0
     * @param worker the number of the thread that runs it, from 0 to {@link WorkerPool#capacity()}
     *     - 1
     */
    void run(int part, int worker);
  }

  /**
   * @param capacity the most threads that ever work, the caller's included; at least 1
   */
  public WorkerPool(int capacity) {
    workers = new Worker[capacity - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
    }
    size = 1;
  }

  public int capacity() {
    return workers.length + 1;
  }

  /** Sets how many threads, at first one, take part from the next job on. */
  public void resize(int threads) {
    size = Math.max(1, Math.min(capacity(), threads));
  }

  /**
   * Runs all parts, in any order and on any thread, and returns when they are done.
   *
   * @throws RuntimeException what a part threw
   */
  public void run(int parts, Work work) {
    if (size == 1 || parts == 1) {
      for (int part = 0; part < parts; part++) {
        work.run(part, 0);
      }
      return;
    }
    Job next = new Job(parts, size, work);
    job = next;
    for (int i = 0; i < size - 1; i++) {
      workers[i].wake();
    }
    next.help(0);
    next.await();
  }

  @Override
  public void close() {
    for (Worker worker : workers) {
      worker.end();
    }
  }

  /**
   * Each worker has a range of the parts, the same one in all jobs of as many parts, so that their
   * data is in its cache. A worker that has finished its range helps the others.
   */
  private static final class Job {
    /** Counters so far apart that no two lie in one cache line. */
    private static final int STRIDE = 32;

    private final int parts;
    private final int ranges;
    private final Work work;
    private final AtomicIntegerArray taken;
    private final AtomicInteger done = new AtomicInteger();
    private volatile Throwable failure;

    Job(int parts, int ranges, Work work) {
      this.parts = parts;
      this.ranges = ranges;
      this.work = work;
      taken = new AtomicIntegerArray((ranges + 1) * STRIDE);
    }

    void help(int worker) {
      for (int i = 0; i < ranges; i++) {
        int range = (worker + i) % ranges;
        int first = parts * range / ranges;
        int count = parts * (range + 1) / ranges - first;
        int counter = (range + 1) * STRIDE;
        for (int n = taken.getAndIncrement(counter);
            n < count;
            n = taken.getAndIncrement(counter)) {
          run(first + n, worker);
        }
      }
    }

    private void run(int part, int worker) {
      try {
        work.run(part, worker);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      done.getAndIncrement();
    }

    /** Yields from time to time: with fewer cores than threads, a worker needs this core. */
    @SuppressWarnings("ThreadPriorityCheck")
    void await() {
      for (int spins = 1; done.get() < parts; spins++) {
        if (spins % SPINS_BETWEEN_LOOKS == 0) {
          Thread.yield();
        } else {
          Thread.onSpinWait();
        }
      }
      if (failure != null) {
        throw new IllegalStateException("a part of a training step failed", failure);
      }
    }
  }

  private final class Worker {
    private final int number;
    private Thread thread;
    private volatile boolean asleep;
    private volatile boolean ended;

    Worker(int number) {
      this.number = number;
    }

    /** Starts the thread at its first call. */
    void wake() {
      if (thread == null) {
        thread = new Thread(this::loop, "training worker " + number);
        thread.setDaemon(true);
        thread.start();
      } else if (asleep) {
        LockSupport.unpark(thread);
      }
    }

    void end() {
      ended = true;
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }

    private void loop() {
      Job last = null;
      while (!ended) {
        Job current = job;
        if (current != last) {
          // A worker above the present size may still run parts; that is harmless.
          current.help(number);
          last = current;
        } else {
          await(last);
        }
      }
    }

    private void await(Job last) {
      long start = System.nanoTime();
      do {
        for (int i = 0; i < SPINS_BETWEEN_LOOKS; i++) {
          if (job != last) {
            return;
          }
          Thread.onSpinWait();
        }
      } while (System.nanoTime() - start < SPIN_NANOS);
      asleep = true;
      // Checked again after asleep was set: either this thread sees the new job, or the caller of
      // run() sees that this thread sleeps.
      if (job == last && !ended) {
        LockSupport.park(this);
      }
      asleep = false;
    }
  }
}
