package io.mnist4j.backend.cuda;

import java.util.List;
import java.util.Optional;

/**
 * What was found out about CUDA on this machine.
 *
 * @param gpus that CUDA shows
 * @param driver version of NVIDIA's driver, such as {@code 535.261.03}; empty where it is not known
 * @param driverCuda the newest CUDA that the driver knows, such as {@code 12.2}; empty where there
 *     is no driver
 * @param runtime version of the CUDA libraries, such as {@code 11.6}; empty where they do not load,
 *     or are not asked for because the driver alone is to compute
 * @param problem why nothing can compute there, and what to do: one line; empty where it can
 */
public record CudaReport(
    List<Gpu> gpus, String driver, String driverCuda, String runtime, Optional<String> problem) {

  public CudaReport {
    gpus = List.copyOf(gpus);
  }

  /** Nothing was found, for a reason. */
  public static CudaReport failed(String problem) {
    return new CudaReport(List.of(), "", "", "", Optional.of(problem));
  }

  /** Whether a training can compute there. */
  public boolean works() {
    return problem.isEmpty();
  }

  /** The driver for a person; empty where there is none. */
  public String driverText() {
    if (driverCuda.isEmpty()) {
      return "";
    }
    return driver.isEmpty()
        ? "driver for CUDA " + driverCuda
        : "driver %s for CUDA %s".formatted(driver, driverCuda);
  }
}
