package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.backend.StartedBackend;
import io.mnist4j.model.layers.Shape;
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

  /** Outputs and derivatives, in whole blocks of four channels. */
  @Test
  void featureMapsAreCountedTwice(@TempDir Path directory) throws Exception {
    RunFixture runs = new RunFixture(directory);
    String layers = "model.layers=[{conv2d: {filters: 5, kernel: 3}}, maxpool2d, flatten]";
    TrainingInputs inputs = runs.session(runs.experiment(layers)).inputs();
    Shape.Image maps = (Shape.Image) inputs.modelSummary().rows().get(0).output();
    Shape.Image pooled = (Shape.Image) inputs.modelSummary().rows().get(1).output();
    long pixels = (long) maps.height() * maps.width() + (long) pooled.height() * pooled.width();
    int batch = 128;
    assertEquals(2L * Float.BYTES * batch * 8 * pixels, MemoryEstimate.featureMapBytes(inputs));
    MemoryEstimate.checkHeap(inputs, StartedBackend.cpu());
  }

  @Test
  void denseNetworksHaveNone(@TempDir Path directory) throws Exception {
    RunFixture runs = new RunFixture(directory);
    TrainingInputs inputs = runs.session(runs.experiment("training.batch-size=8")).inputs();
    assertEquals(0, MemoryEstimate.featureMapBytes(inputs));
  }

  private static long bytes(RunFixture runs, String batch) throws Exception {
    return MemoryEstimate.offHeapBytes(
        runs.session(runs.experiment("training.batch-size=" + batch)).inputs());
  }
}
