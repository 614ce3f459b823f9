package io.mnist4j.backend.driver;

import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.DriverVersion;
import io.mnist4j.backend.cuda.Gpu;
import java.util.List;
import java.util.Optional;

/** What NVIDIA's driver alone shows on this machine, and whether the first of its cards will do. */
public final class DriverProbe {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private DriverProbe() {}

  /** Asks it; takes some tenths of a second where there is one. */
  public static CudaReport probe() {
    CudaDriver driver;
    try {
      driver = CudaDriver.load();
    } catch (UnsatisfiedLinkError e) {
      return CudaReport.failed(
          "there is no NVIDIA driver (libcuda.so.1; nvcuda.dll on Windows): install one; in a"
              + " container, start it with the GPUs (--gpus all); under WSL, install it in Windows");
    }
    try {
      int version = driver.cudaVersion();
      String text = DriverVersion.ofCuda(version);
      if (version < CudaDriver.OLDEST) {
        return CudaReport.failed(
            "the NVIDIA driver is for CUDA %s, and 10.1 is the oldest that will do: install driver"
                    .formatted(text)
                + " 418.39 or newer");
      }
      driver.initialize();
      List<Gpu> gpus = driver.gpus();
      Optional<String> problem = gpus.isEmpty() ? Optional.of(noCard()) : problem(gpus.get(0));
      return new CudaReport(gpus, DriverVersion.ofKernelModule(), text, "", problem);
    } catch (CudaException e) {
      return CudaReport.failed(
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
}
