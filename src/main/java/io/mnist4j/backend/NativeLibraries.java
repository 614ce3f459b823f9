package io.mnist4j.backend;

import io.mnist4j.backend.cuda.OneBackend;
import io.mnist4j.errors.BackendException;
import java.util.concurrent.atomic.AtomicReference;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native libraries, which a process loads once, of one kind, and keeps. */
final class NativeLibraries {
  /** What was loaded first: ND4J keeps it in variables of its own. */
  private static final AtomicReference<NativeLibraries> OF_PROCESS = new AtomicReference<>();

  private final boolean cuda;
  private boolean tried;
  private Throwable failure;

  private NativeLibraries(boolean cuda) {
    this.cuda = cuda;
  }

  /** Begins to load those of the CPU on another thread, unless some are being loaded already. */
  static void preload() {
    NativeLibraries libraries = new NativeLibraries(false);
    if (OF_PROCESS.compareAndSet(null, libraries)) {
      Thread loader = new Thread(libraries::loadOnce, "native libraries");
      loader.setDaemon(true);
      loader.start();
    }
  }

  /**
   * Loads them, or waits until another thread has.
   *
   * @throws BackendException if this process has loaded others
   * @throws LinkageError if they cannot be loaded: each time for the reason of the first
   * @throws RuntimeException likewise
   */
  static void load(boolean cuda) throws BackendException {
    OF_PROCESS.compareAndSet(null, new NativeLibraries(cuda));
    NativeLibraries libraries = OF_PROCESS.get();
    if (libraries.cuda != cuda) {
      throw new BackendException(
          "this process computes on the %s already, and cannot change to the %s: start another one"
              .formatted(libraries.device(), cuda ? "GPU" : "CPU"));
    }
    Throwable failure = libraries.loadOnce();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Returns what went wrong, however often it is called; null if nothing did. */
  private synchronized Throwable loadOnce() {
    if (!tried) {
      tried = true;
      try {
        if (OneBackend.hasCuda()) {
          OneBackend.install(cuda);
        }
        Nd4j.getEnvironment();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
    return failure;
  }

  private String device() {
    return cuda ? "GPU" : "CPU";
  }
}
