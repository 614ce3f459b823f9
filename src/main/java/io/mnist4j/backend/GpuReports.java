package io.mnist4j.backend;

import io.mnist4j.backend.cuda.CudaProbe;
import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.OneBackend;
import io.mnist4j.backend.driver.DriverProbe;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was found of graphics cards. One of the two is present; where both are, the driver's is
 * taken.
 *
 * @param nd4j by ND4J's CUDA backend; empty in a build without it
 * @param driver by NVIDIA's driver alone; empty where ND4J's backend works, or says more of what is
 *     wrong
 */
public record GpuReports(Optional<CudaReport> nd4j, Optional<CudaReport> driver) {

  /**
   * Looks for them.
   *
   * @param devices how many are to train together, from 1
   * @param notes gets what takes long, before it does
   */
  public static GpuReports find(int devices, Consumer<String> notes) {
    if (!OneBackend.hasCuda()) {
      return new GpuReports(Optional.empty(), Optional.of(DriverProbe.probe()));
    }
    CudaReport nd4j = CudaProbe.probe(devices, notes);
    if (nd4j.works() || devices > 1) {
      return new GpuReports(Optional.of(nd4j), Optional.empty());
    }
    // A card that ND4J has no code for may be one of those that the program's own kernels are for.
    return new GpuReports(
        Optional.of(nd4j), Optional.of(DriverProbe.probe()).filter(CudaReport::works));
  }

  /** The one that counts. */
  public CudaReport taken() {
    return driver.or(() -> nd4j).orElseThrow();
  }
}
