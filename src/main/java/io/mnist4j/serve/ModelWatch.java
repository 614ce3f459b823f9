package io.mnist4j.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks once a second whether a model's file is another one, and then has it served. */
final class ModelWatch implements AutoCloseable {
  private static final long MILLIS = TimeUnit.SECONDS.toMillis(1);

  private final Path file;
  private final Callable<ModelInstance> loader;
  private final Consumer<ModelInstance> server;
  private final Consumer<String> log;
  private final Thread thread;
  private State known;

  private record State(FileTime modified, long size, Object key) {}

  /**
   * Begins to look.
   *
   * @param file that the model was read from just now
   * @param loader reads it again
   * @param server takes what was read
   * @param log takes a line for each time that it was read, or could not be
   */
  ModelWatch(
      Path file,
      Callable<ModelInstance> loader,
      Consumer<ModelInstance> server,
      Consumer<String> log) {
    this.file = file;
    this.loader = loader;
    this.server = server;
    this.log = log;
    known = state();
    thread = new Thread(this::run, "model-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Null where there is no file. */
  private State state() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(found.lastModifiedTime(), found.size(), found.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  private void run() {
    State before = known;
    try {
      while (true) {
        Thread.sleep(MILLIS);
        State now = state();
        // Whoever does not rename a whole file into place is still writing while it changes.
        if (now != null && !now.equals(known) && now.equals(before)) {
          known = now;
          reload();
        }
        before = now;
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void reload() throws InterruptedException {
    try {
      server.accept(loader.call());
      log.accept(file + " has changed: it answers from now on");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      log.accept(
          "%s has changed, but the model before goes on: %s".formatted(file, e.getMessage()));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
