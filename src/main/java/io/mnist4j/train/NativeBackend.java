package io.mnist4j.train;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J's native backend, started with a number of threads that we chose.
 *
 * <p>Left to itself, ND4J takes a spinning thread for each core that the kernel reports; where
 * fewer are really there, training becomes 30 times slower. OpenBLAS gets one thread in every case:
 * its own ones spin and yield beside those of ND4J, which takes longer (LeNet on two cores: 1.4
 * times as long), and the last bits of a product would depend on their number. ND4J's results do
 * not depend on the number of its threads.
 *
 * @param name of the backend, such as {@code nd4j-native}
 */
public record NativeBackend(String name) {

  /**
   * Loads the native libraries, with one thread.
   *
   * @throws BackendException if ND4J cannot load its natives
   */
  public static NativeBackend start() throws BackendException {
    try {
      NativeLibraries.load();
      // Threads that work can be more later, but not more than this allows.
      Nd4j.getEnvironment().setMaxMasterThreads(Runtime.getRuntime().availableProcessors());
      openblas.blas_set_num_threads(1);
      use(1);
      return new NativeBackend("nd4j-native");
    } catch (LinkageError | RuntimeException e) {
      throw new BackendException(
          "ND4J's CPU backend does not start: %s; `mnist4j doctor` says more"
              .formatted(rootCause(e)),
          e);
    }
  }

  /** Sets how many threads ND4J's operations have from now on; takes a microsecond. */
  public static void use(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
  }

  private static Throwable rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
