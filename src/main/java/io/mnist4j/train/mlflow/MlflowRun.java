package io.mnist4j.train.mlflow;

import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells a training to an MLflow server: settings as params, each epoch's figures as metrics, files
 * as artifacts. It does so beside the training; a server that fails once is left alone, and the
 * training goes on.
 */
public final class MlflowRun implements TrainingListener, AutoCloseable {
  private static final String EXPERIMENT = "mnist4j";

  /** What the server takes at once. */
  private static final int MOST_PARAMS = 100;

  private static final int LONGEST_PARAM = 500;

  /** In which all that was told has to be sent when a training ends. */
  private static final long PATIENCE_SECONDS = 30;

  private final String uri;
  private final Consumer<String> notes;
  private final ExecutorService sender =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "mlflow");
            thread.setDaemon(true);
            return thread;
          });

  /** Of the sender's thread alone, as the next; where nothing is sent, no client is started. */
  private MlflowServer server;

  private MlflowServer.RemoteRun run;

  private volatile boolean failed;
  private boolean finished;

  private interface Call {
    void send() throws IOException, InterruptedException;
  }

  private MlflowRun(String uri, Consumer<String> notes) {
    this.uri = uri;
    this.notes = notes;
  }

  /**
   * Begins a run, if {@code MLFLOW_TRACKING_URI} names a server; else nothing is ever sent.
   *
   * @param environment with MLflow's own variables
   * @param name of the run
   * @param params of the run: name → value
   * @param notes takes what a user should know
   */
  public static MlflowRun begin(
      Map<String, String> environment,
      String name,
      Map<String, String> params,
      Consumer<String> notes) {
    String uri = environment.getOrDefault("MLFLOW_TRACKING_URI", "");
    MlflowRun begun = new MlflowRun(uri, notes);
    begun.failed = !uri.matches("https?://[^\\s]+");
    if (begun.failed && !uri.isEmpty()) {
      notes.accept(
          "MLFLOW_TRACKING_URI is '%s', and only http and https are spoken here".formatted(uri));
    }
    String experiment = environment.getOrDefault("MLFLOW_EXPERIMENT_NAME", EXPERIMENT);
    long now = System.currentTimeMillis();
    begun.tell(
        () -> {
          begun.server = new MlflowServer(uri, environment);
          begun.run = begun.server.create(begun.server.experiment(experiment), name, now);
          begun.logParams(params);
        });
    return begun;
  }

  private void tell(Call call) {
    if (failed) {
      return;
    }
    sender.execute(
        () -> {
          if (failed) {
            return;
          }
          try {
            call.send();
          } catch (IOException | IllegalArgumentException e) {
            failed = true;
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            notes.accept("MLflow at %s is told nothing more of this run: %s".formatted(uri, why));
          } catch (InterruptedException e) {
            failed = true;
          }
        });
  }

  private void logParams(Map<String, String> params) throws IOException, InterruptedException {
    List<Map<String, String>> all = new ArrayList<>();
    params.forEach(
        (name, value) ->
            all.add(
                Map.of(
                    "key",
                    name.replaceAll("[^A-Za-z0-9_./ -]", "_"),
                    "value",
                    value.substring(0, Math.min(LONGEST_PARAM, value.length())))));
    for (int from = 0; from < all.size(); from += MOST_PARAMS) {
      List<Map<String, String>> some = all.subList(from, Math.min(all.size(), from + MOST_PARAMS));
      server.post("runs/log-batch", Map.of("run_id", run.id(), "params", some));
    }
  }

  /** A point for each figure; its step is the number of the epoch. */
  @Override
  public void onEpoch(EpochMetrics metrics) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("train-loss", metrics.trainLoss());
    figures.put("validation-loss", metrics.validationLoss());
    figures.put("validation-accuracy", metrics.validationAccuracy());
    if (metrics.trainAccuracy() != null) {
      figures.put("train-accuracy", metrics.trainAccuracy());
    }
    if (metrics.learningRate() != null) {
      figures.put("learning-rate", metrics.learningRate());
    }
    log(figures, metrics.epoch());
  }

  private void log(Map<String, Double> figures, int step) {
    long now = System.currentTimeMillis();
    List<Map<String, Object>> all = new ArrayList<>();
    figures.forEach(
        (key, value) -> {
          if (Double.isFinite(value)) {
            all.add(Map.of("key", key, "value", value, "timestamp", now, "step", step));
          }
        });
    tell(() -> server.post("runs/log-batch", Map.of("run_id", run.id(), "metrics", all)));
  }

  /**
   * The training has ended well.
   *
   * @param figures of the test: name → value
   * @param epochs that were trained
   * @param artifacts files that belong to the run; those that are not there are left out
   */
  public void finish(Map<String, Double> figures, int epochs, List<Path> artifacts) {
    log(figures, epochs);
    tell(
        () -> {
          if (!MlflowServer.takesArtifacts(run)) {
            notes.accept(
                "MLflow at %s keeps files at %s, where only its own client writes; none are sent"
                    .formatted(uri, run.artifacts()));
            return;
          }
          for (Path file : artifacts) {
            if (Files.isRegularFile(file)) {
              server.upload(run, file);
            }
          }
        });
    end("FINISHED");
    finished = true;
  }

  private void end(String status) {
    long now = System.currentTimeMillis();
    tell(
        () ->
            server.post(
                "runs/update", Map.of("run_id", run.id(), "status", status, "end_time", now)));
  }

  /** Ends a run that has not ended well, and waits until all is sent, for half a minute at most. */
  @Override
  public void close() {
    if (!finished) {
      end("FAILED");
    }
    sender.shutdown();
    try {
      if (!sender.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        sender.shutdownNow();
      }
    } catch (InterruptedException e) {
      sender.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
