package io.mnist4j.train;

import io.mnist4j.model.LayerSpec;
import io.mnist4j.model.NetworkSpec;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J's native backend, started with a number of threads that we chose.
 *
 * <p>Left to itself, ND4J takes a spinning thread for each core that the kernel reports; where
 * fewer are really there, training becomes 30 times slower. Matrix products get the threads that
 * were asked for. ND4J's own operations get them for networks with convolutions only: elsewhere
 * they are too small to gain from a second one. Their results do not depend on the number; those of
 * a matrix product do in the last bits, between one thread and more.
 *
 * @param name of the backend, such as {@code nd4j-native}
 * @param threads that compute, at least 1
 */
public record NativeBackend(String name, int threads) {

  /** What {@code --threads auto} stands for without convolutions. */
  public static final int AUTO_THREADS = 1;

  private static final int AUTO_THREADS_OF_CONVOLUTIONS = 2;

  /**
   * What {@code --threads auto} stands for: one thread, but two for convolutions, which take 0.6 of
   * the time with them.
   */
  public static int autoThreads(NetworkSpec network) {
    return convolutional(network)
        ? Math.min(AUTO_THREADS_OF_CONVOLUTIONS, Runtime.getRuntime().availableProcessors())
        : AUTO_THREADS;
  }

  private static boolean convolutional(NetworkSpec network) {
    return network.layers().stream().anyMatch(LayerSpec::needsImage);
  }

  /**
   * Loads the native libraries, or, where that was done, only sets the threads, for a network.
   *
   * @throws BackendException if ND4J cannot load its natives
   */
  public static NativeBackend start(int threads, NetworkSpec network) throws BackendException {
    return start(threads, convolutional(network) ? threads : 1);
  }

  /**
   * The same for any network.
   *
   * @throws BackendException if ND4J cannot load its natives
   */
  public static NativeBackend start(int threads) throws BackendException {
    return start(threads, threads);
  }

  private static NativeBackend start(int blasThreads, int operationThreads)
      throws BackendException {
    try {
      Environment environment = Nd4j.getEnvironment();
      environment.setMaxThreads(operationThreads);
      environment.setMaxMasterThreads(operationThreads);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(operationThreads);
      openblas.blas_set_num_threads(blasThreads);
      return new NativeBackend("nd4j-native", blasThreads);
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
