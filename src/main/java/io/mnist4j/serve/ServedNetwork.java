package io.mnist4j.serve;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** A model under the name by which clients ask for it; another one may take its place. */
final class ServedNetwork implements AutoCloseable {
  private static final String OWN_FILE = "model.zip";

  private final String name;
  private final ServeSettings settings;
  private final IntConsumer batches;
  private volatile Current current;

  private record Current(ModelInstance instance, PredictionPipeline pipeline) {}

  /**
   * @param others names that are taken
   * @param batches takes the size of each batch of images
   */
  ServedNetwork(
      ModelInstance instance,
      Collection<String> others,
      ServeSettings settings,
      IntConsumer batches) {
    this.settings = settings;
    this.batches = batches;
    String wanted = nameOf(instance.name());
    String free = wanted;
    for (int number = 2; others.contains(free); number++) {
      free = wanted + "-" + number;
    }
    name = free;
    current = of(instance);
  }

  /** The run's name, or that of the file without its ending. */
  private static String nameOf(String file) {
    String[] parts = file.replace('\\', '/').split("/", -1);
    String last = parts[parts.length - 1];
    String named =
        last.equals(OWN_FILE) && parts.length > 1
            ? parts[parts.length - 2]
            : last.replaceFirst("\\.[^.]*$", "");
    String plain = named.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.isEmpty() ? "model" : plain;
  }

  private Current of(ModelInstance instance) {
    return new Current(instance, new PredictionPipeline(instance, settings, batches));
  }

  String name() {
    return name;
  }

  ModelInstance instance() {
    return current.instance();
  }

  PredictionPipeline pipeline() {
    return current.pipeline();
  }

  /** Answers by another model from now on; requests that are under way keep the one they have. */
  void replace(ModelInstance other) {
    Current before = current;
    current = of(other);
    // Whatever began with it has ended then.
    Executor later =
        CompletableFuture.delayedExecutor(2L * settings.timeoutSeconds(), TimeUnit.SECONDS);
    later.execute(before.pipeline()::close);
  }

  @Override
  public void close() {
    current.pipeline().close();
  }
}
