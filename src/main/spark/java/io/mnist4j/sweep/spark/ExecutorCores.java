package io.mnist4j.sweep.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Which executors there are; they come and go while a sweep runs. */
final class ExecutorCores extends SparkListener {
  private final Map<String, Integer> cores = new HashMap<>();
  private long noneSinceNanos = System.nanoTime();

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
