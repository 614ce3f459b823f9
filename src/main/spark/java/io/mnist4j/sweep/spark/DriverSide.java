package io.mnist4j.sweep.spark;

import io.mnist4j.sweep.workers.TrialInbox;
import io.mnist4j.train.EpochMetrics;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** The driver's end: it knows the executors, and answers their trials. */
final class DriverSide implements DriverPlugin {
  /** Spark creates plugins itself and gives no access to them; a process has one context. */
  private static volatile DriverSide current;

  private final Map<Integer, Conversation> conversations = new ConcurrentHashMap<>();
  private final CompletableFuture<Boolean> silenced = new CompletableFuture<>();

  /**
   * What an executor tells the driver; the answer is whether the trial is to continue.
   *
   * @param trial its number
   */
  record EpochReport(int trial, EpochMetrics epoch) implements Serializable {}

  /**
   * The epochs that a trial has reported. Spark runs it again where its executor is lost, with the
   * same metrics: the sweep is told of each epoch once.
   */
  private static final class Conversation {
    private final TrialInbox inbox;
    private int lastEpoch;
    private boolean goesOn = true;

    Conversation(TrialInbox inbox) {
      this.inbox = inbox;
    }

    /** Whether the trial is to continue. */
    synchronized boolean answer(EpochReport report) {
      int epoch = report.epoch().epoch();
      if (epoch > lastEpoch) {
        goesOn = inbox.report(report.trial(), report.epoch());
        lastEpoch = epoch;
      }
      return goesOn || epoch < lastEpoch;
    }
  }

  /** Is called before the first executor starts. */
  @Override
  public Map<String, String> init(SparkContext context, PluginContext unused) {
    current = this;
    return Map.of();
  }

  /** That of the context that was created last. */
  static DriverSide current() {
    return current;
  }

  /** From now on a trial's epochs are reported there. */
  void open(int trial, TrialInbox inbox) {
    conversations.put(trial, new Conversation(inbox));
  }

  void close(int trial) {
    conversations.remove(trial);
  }

  /** From now on no trial is to continue, and nothing is reported. */
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
    // The thread that decides may have ended; Spark would wait for this one when it stops.
    return CompletableFuture.anyOf(
            silenced, CompletableFuture.supplyAsync(() -> conversation.answer(report)))
        .join();
  }
}
