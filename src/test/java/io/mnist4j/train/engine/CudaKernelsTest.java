package io.mnist4j.train.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The kernels that the program carries are those of their source. */
class CudaKernelsTest {
  @Test
  void thePtxIsMadeOfTheSource() throws Exception {
    assumeTrue(has("nvcc") && has("ptxas"), "NVIDIA's compilers are not here");
    Process check =
        new ProcessBuilder("scripts/cuda-kernels", "--check").redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, check.waitFor(), said);
  }

  /** Another release of the compiler writes other bytes. */
  private static boolean has(String tool) throws InterruptedException {
    try {
      Process version = new ProcessBuilder(tool, "--version").redirectErrorStream(true).start();
      String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.waitFor(1, TimeUnit.MINUTES) && said.contains("release 13.0");
    } catch (IOException e) {
      return false;
    }
  }
}
