package io.mnist4j.backend;

import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.errors.BackendException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J's backend as it was chosen, started with a number of threads that we chose.
 *
 * <p>Left to itself, ND4J takes a spinning thread for each core that the kernel reports; where
 * fewer are really there, training becomes 30 times slower. OpenBLAS gets one thread in every case:
 * its own ones spin and yield beside those of ND4J, which takes longer (LeNet on two cores: 1.4
 * times as long), and the last bits of a product would depend on their number. ND4J's results do
 * not depend on the number of its threads.
 *
 * @param name of the backend, such as {@code nd4j-native}
 * @param cuda what it computes on; empty for the CPU
 * @param devices of these that train together; 1 for the CPU
 */
public record NativeBackend(String name, Optional<CudaReport> cuda, int devices) {

  /**
   * Loads the native libraries of what {@link BackendChoice} has chosen, with one thread.
   *
   * @throws BackendException if ND4J cannot load its natives, or takes others
   */
  public static NativeBackend start() throws BackendException {
    try {
      NativeLibraries.load();
      Optional<CudaReport> cuda = BackendChoice.chosen();
      if (cuda.isPresent()) {
        return onCuda(cuda);
      }
      // Threads that work can be more later, but not more than this allows.
      Nd4j.getEnvironment().setMaxMasterThreads(Runtime.getRuntime().availableProcessors());
      openblas.blas_set_num_threads(1);
      use(1);
      return new NativeBackend("nd4j-native", Optional.empty(), 1);
    } catch (LinkageError | RuntimeException e) {
      throw new BackendException(
          "ND4J's %s backend does not start: %s; `mnist4j doctor` says more"
              .formatted(BackendChoice.chosen().isPresent() ? "CUDA" : "CPU", rootCause(e)),
          e);
    }
  }

  private static NativeBackend onCuda(Optional<CudaReport> cuda) throws BackendException {
    String taken = Nd4j.getBackend().getClass().getSimpleName();
    if (!taken.equals("JCublasBackend")) {
      throw new BackendException("ND4J took %s instead of the CUDA backend".formatted(taken));
    }
    return new NativeBackend("nd4j-cuda-11.6", cuda, BackendChoice.devices());
  }

  /** Its name, and of a graphics card all that tells it from another: key → value. */
  public Map<String, String> description() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("backend", name);
    cuda.ifPresent(
        found -> {
          Gpu gpu = found.gpus().get(0);
          all.put("device", gpu.name());
          all.put("computeCapability", gpu.capability());
          all.put("driver", found.driver().isEmpty() ? found.driverText() : found.driver());
          all.put("cudaVersion", found.runtime());
        });
    return all;
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
