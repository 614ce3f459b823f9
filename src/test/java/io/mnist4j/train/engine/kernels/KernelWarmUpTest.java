package io.mnist4j.train.engine.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelWarmUpTest {
  /** The first call may be interpreted; in the end each size is compiled, or it gives up. */
  @Test
  void endsByItself() {
    assertTrue(KernelWarmUp.run(List.of(1, 2, 3, 5, 7)) >= 1);
  }

  @Test
  void leavesOutKernelsWithoutLoopsOfTheirOwn() {
    long before = threads();
    KernelWarmUp.begin(List.of(1_000));
    KernelWarmUp.begin(List.of());
    assertEquals(before, threads());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("kernels"))
        .count();
  }
}
