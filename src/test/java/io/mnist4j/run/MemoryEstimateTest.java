package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryEstimateTest {
  @Test
  void batchIsNotLargerThanTheImages(@TempDir Path directory) throws Exception {
    RunFixture runs = new RunFixture(directory);
    long all = bytes(runs, "200");
    assertEquals(all, bytes(runs, "2000000000"));
  }

  private static long bytes(RunFixture runs, String batch) throws Exception {
    return MemoryEstimate.offHeapBytes(
        runs.session(runs.experiment("training.batch-size=" + batch)).inputs());
  }
}
