package io.mnist4j.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the lines that a trial prints; {@code GpuIT} runs real ones. */
class CudaProbeTest {
  private static final String A10 = "gpu 0 8 6 23835181056 23068672000 NVIDIA A10";

  private static String problem(String... lines) throws Exception {
    return report(lines).problem().orElseThrow();
  }

  private static CudaReport report(String... lines) throws Exception {
    CudaProbe probe = new CudaProbe(note -> {});
    List.of(lines).forEach(probe::read);
    return probe.report();
  }

  /** A driver for CUDA 11.6 that shows these cards. */
  private static String[] cards(String... cards) {
    List<String> lines = new ArrayList<>(List.of("driver-cuda 11060", "runtime 11060"));
    lines.addAll(List.of("count-error 0", "count " + cards.length));
    lines.addAll(List.of(cards));
    lines.add("end ");
    return lines.toArray(String[]::new);
  }

  @Test
  void oldDriver() throws Exception {
    assertEquals(
        "the NVIDIA driver for CUDA 10.2 is too old for CUDA 11.6: install driver 450.80.02 or"
            + " newer",
        problem("driver-cuda 10020", "runtime 11060", "count-error 35", "count 0", "end "));
  }

  @Test
  void noGpu() throws Exception {
    assertEquals(
        "the NVIDIA driver for CUDA 11.6 shows no GPU (CUDA's error 100): look at what nvidia-smi"
            + " says",
        problem("driver-cuda 11060", "runtime 11060", "count-error 100", "count 0", "end "));
  }

  @ParameterizedTest
  @CsvSource({
    "9 0,9.0,NVIDIA H100 80GB HBM3",
    "12 0,12.0,NVIDIA GeForce RTX 5090",
    "3 5,3.5,Tesla K40c"
  })
  void noCodeForTheGpu(String numbers, String capability, String name) throws Exception {
    assertEquals(
        name
            + " has compute capability "
            + capability
            + ", and ND4J's CUDA backend has code for 3.7 and 5.0 to 8.9 alone (driver for CUDA"
            + " 11.6); no driver changes that",
        problem(cards("gpu 0 %s 85520809984 -1 %s".formatted(numbers, name))));
  }

  @Test
  void noCodeForOneOfTheGpus() throws Exception {
    String problem =
        problem(cards("gpu 0 9 0 85520809984 -1 NVIDIA H100", A10.replace("0 8", "1 8")));
    assertTrue(problem.contains("set CUDA_VISIBLE_DEVICES=1"), problem);
  }

  @Test
  void littleFreeMemory() throws Exception {
    assertEquals(
        "NVIDIA A10 (compute capability 8.6, 22,731 MiB) has 200 MiB of its memory free, and ND4J"
            + " needs 1,024: end what uses it (nvidia-smi shows it)",
        problem(cards("gpu 0 8 6 23835181056 209715200 NVIDIA A10")));
  }

  @Test
  void endWithoutAWord() throws Exception {
    assertEquals(
        "the NVIDIA driver crashes, or never answers: install the driver and NVIDIA's CUDA toolkit"
            + " 11 anew and try again",
        problem("driver-cuda 11060", "runtime 11060", "stage the NVIDIA driver"));
  }

  @Test
  void cardThatWorks() throws Exception {
    List<String> lines = new ArrayList<>(List.of(cards(A10)));
    lines.addAll(List.of("what a library prints", "works JCublasBackend"));
    CudaReport report = report(lines.toArray(String[]::new));
    assertTrue(report.works());
    assertEquals("11.6", report.runtime());
    assertEquals("NVIDIA A10 (compute capability 8.6, 22,731 MiB)", report.gpus().get(0).text());
  }
}
