package io.mnist4j.train;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J's native backend, started with a number of threads that we chose.
 *
 * <p>Left to itself, ND4J takes a spinning thread for each core that the kernel reports; where
 * fewer are really there, training becomes 30 times slower. Its own operations on arrays of this
 * size gain nothing from a second thread, so they always get one, and their results do not depend
 * on the setting. The matrix products of OpenBLAS get the rest.
 *
 * @param name of the backend, such as {@code nd4j-native}
 * @param threads that a matrix product may use, at least 1
 */
public record NativeBackend(String name, int threads) {

  /**
   * What {@code --threads auto} stands for: at these sizes DL4J gains nothing from a second one.
   */
  public static final int AUTO_THREADS = 1;

  /**
   * Loads the native libraries, or, where that was done, only sets the threads.
   *
   * <p>ND4J sets its thread count for the calling thread; other threads follow {@code
   * OMP_NUM_THREADS}, which the launcher sets to 1. Train and evaluate on the thread that calls
   * this.
   *
   * @throws BackendException if ND4J cannot load its natives
   */
  public static NativeBackend start(int threads) throws BackendException {
    try {
      Environment environment = Nd4j.getEnvironment();
      environment.setMaxThreads(1);
      environment.setMaxMasterThreads(1);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      openblas.blas_set_num_threads(threads);
      return new NativeBackend("nd4j-native", threads);
    } catch (LinkageError | RuntimeException e) {
      throw new BackendException(
          "ND4J's CPU backend does not start: %s; `mnist4j doctor` says more"
              .formatted(rootCause(e)),
          e);
    }
  }

  private static Throwable rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
