package io.mnist4j.backend;

import io.mnist4j.backend.cuda.OneBackend;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's native libraries, which take a third of a second to load: time in which another thread can
 * read the data.
 */
public final class NativeLibraries {
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static final CompletableFuture<Void> LOADED = new CompletableFuture<>();

  private NativeLibraries() {}

  /**
   * Begins to load them on another thread. Until {@link NativeBackend#start} has returned, the
   * caller leaves the classes of ND4J, DL4J and JavaCPP alone: two threads that initialize them may
   * wait for each other for ever. What goes wrong is what {@code start} throws.
   */
  public static void preload() {
    if (BackendChoice.chosen().isPresent()) {
      // ND4J gives each thread another card: the first one goes to the thread that trains.
      return;
    }
    Thread loader = new Thread(NativeLibraries::loadOnce, "native libraries");
    loader.setDaemon(true);
    loader.start();
  }

  /**
   * Loads them, or waits until another thread has.
   *
   * @throws LinkageError if they cannot be loaded: each time for the reason of the first
   * @throws RuntimeException likewise
   */
  static void load() {
    loadOnce();
    try {
      LOADED.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private static void loadOnce() {
    if (BEGUN.getAndSet(true)) {
      return;
    }
    try {
      if (BackendChoice.hasCuda()) {
        OneBackend.install(BackendChoice.chosen().isPresent());
      }
      Nd4j.getEnvironment();
      LOADED.complete(null);
    } catch (Throwable e) {
      LOADED.completeExceptionally(e);
    }
  }
}
