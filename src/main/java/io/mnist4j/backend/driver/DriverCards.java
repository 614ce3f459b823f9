package io.mnist4j.backend.driver;

import io.mnist4j.backend.cuda.Gpu;
import java.util.List;
import java.util.Optional;

/**
 * What NVIDIA's driver shows on this machine.
 *
 * @param gpus that it shows
 * @param driver its version, such as {@code 535.261.03}; empty where it is not known
 * @param cudaVersion the newest CUDA that it knows, such as {@code 12.2}; empty without a driver
 * @param problem why no training can run there, and what to do: one line; empty where one can
 */
public record DriverCards(
    List<Gpu> gpus, String driver, String cudaVersion, Optional<String> problem) {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  public DriverCards {
    gpus = List.copyOf(gpus);
  }

  private static DriverCards failed(String problem) {
    return new DriverCards(List.of(), "", "", Optional.of(problem));
  }

  /** Looks for them; takes some tenths of a second where there is a driver. */
  public static DriverCards find() {
    CudaDriver driver;
    try {
      driver = CudaDriver.load();
    } catch (UnsatisfiedLinkError e) {
      return failed(
          "there is no NVIDIA driver (libcuda.so.1; nvcuda.dll on Windows): install one; in a"
              + " container, start it with the GPUs (--gpus all); under WSL, install it in Windows");
    }
    try {
      int version = driver.cudaVersion();
      String text = "%d.%d".formatted(version / 1000, version % 1000 / 10);
      if (version < CudaDriver.OLDEST) {
        return failed(
            "the NVIDIA driver is for CUDA %s, and 10.1 is the oldest that will do: install driver"
                    .formatted(text)
                + " 418.39 or newer");
      }
      driver.initialize();
      List<Gpu> gpus = driver.gpus();
      Optional<String> problem = gpus.isEmpty() ? Optional.of(noCard()) : problem(gpus.get(0));
      return new DriverCards(gpus, CudaDriver.version(), text, problem);
    } catch (CudaException e) {
      return failed(
          e.code() == CudaException.NO_DEVICE
              ? noCard()
              : e.code() == CudaException.SYSTEM_DRIVER_MISMATCH
                  ? "the NVIDIA driver's library and kernel module differ (%s): restart the machine"
                      .formatted(e.getMessage())
                  : "the NVIDIA driver does not start: " + e.getMessage());
    }
  }

  private static String noCard() {
    String visible = System.getenv(VISIBLE);
    return visible == null
        ? "the NVIDIA driver shows no GPU: see whether nvidia-smi lists one; in a container, start"
            + " it with the GPUs (--gpus all)"
        : "the NVIDIA driver shows no GPU, for %s is '%s': unset it, or name one that nvidia-smi -L"
                .formatted(VISIBLE, visible)
            + " lists";
  }

  private static Optional<String> problem(Gpu gpu) {
    return gpu.runsKernels()
        ? Optional.empty()
        : Optional.of(
            ("%s is older than compute capability 7.5, which this build's kernels need; build with"
                    + " ND4J's CUDA backend, which has code for it (docs/how-to/gpu.md)")
                .formatted(gpu.text()));
  }

  /** Whether a training can run on the first card. */
  public boolean works() {
    return problem.isEmpty();
  }

  /** The driver for a person; empty where there is none. */
  public String driverText() {
    if (cudaVersion.isEmpty()) {
      return "";
    }
    return driver.isEmpty()
        ? "driver for CUDA " + cudaVersion
        : "driver %s for CUDA %s".formatted(driver, cudaVersion);
  }
}
