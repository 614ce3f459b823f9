package io.mnist4j.sweep.spark;

import io.mnist4j.sweep.workers.TrialInbox;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** The driver's end: it knows the executors, and answers their trials. */
final class DriverSide implements DriverPlugin {
  /** Spark makes plugins itself and gives nobody access to them; a process has one context. */
  private static volatile DriverSide current;

  private final ExecutorCores cores = new ExecutorCores();
  private final Map<Integer, Conversation> conversations = new ConcurrentHashMap<>();
  private final CompletableFuture<Boolean> silenced = new CompletableFuture<>();

  /** Comes before the first executor. */
  @Override
  public Map<String, String> init(SparkContext context, PluginContext unused) {
    context.addSparkListener(cores);
    current = this;
    return Map.of();
  }

  /** That of the context that was made last. */
  static DriverSide current() {
    return current;
  }

  ExecutorCores cores() {
    return cores;
  }

  /** From now on a trial's epochs are reported there. */
  void open(int trial, TrialInbox inbox) {
    conversations.put(trial, new Conversation(trial, inbox));
  }

  void close(int trial) {
    conversations.remove(trial);
  }

  /** From now on no trial is to go on, and nothing is reported. */
  void silence() {
    silenced.complete(false);
  }

  @Override
  public Object receive(Object message) {
    EpochReport report = (EpochReport) message;
    Conversation conversation = conversations.get(report.trial());
    if (conversation == null || silenced.isDone()) {
      return false;
    }
    // Whoever decides may have ended meanwhile; Spark would wait for this thread when it stops.
    return CompletableFuture.anyOf(
            silenced, CompletableFuture.supplyAsync(() -> conversation.answer(report.epoch())))
        .join();
  }
}
