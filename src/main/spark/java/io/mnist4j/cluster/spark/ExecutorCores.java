package io.mnist4j.cluster.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Which executors there are; they come and go. Spark makes it by its name. */
public final class ExecutorCores extends SparkListener {
  /** Spark gives no access to what it makes itself; a process has one context. */
  private static volatile ExecutorCores current;

  private final Map<String, Integer> cores = new HashMap<>();
  private long noneSinceNanos = System.nanoTime();

  /** Made before the first executor is added. */
  public ExecutorCores() {
    current = this;
  }

  /** That of the context that was created last. */
  static ExecutorCores current() {
    return current;
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded added) {
    cores.put(added.executorId(), added.executorInfo().totalCores());
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    cores.remove(removed.executorId());
    if (cores.isEmpty()) {
      noneSinceNanos = System.nanoTime();
    }
  }

  synchronized int executors() {
    return cores.size();
  }

  /** How many tasks run at once that have so many threads each. */
  synchronized int slots(int threads) {
    return cores.values().stream().mapToInt(count -> count / threads).sum();
  }

  /** How long there has been none; 0 while there is one. */
  synchronized double secondsWithoutExecutor() {
    return cores.isEmpty() ? (System.nanoTime() - noneSinceNanos) / 1e9 : 0;
  }
}
