package io.mnist4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.backend.Backend;
import io.mnist4j.backend.StartedBackend;
import io.mnist4j.backend.cuda.CudaReport;
import io.mnist4j.backend.cuda.Gpu;
import io.mnist4j.config.Setting;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.store.DataSelection;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.train.ThreadTuner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a run says of a graphics card, without one. */
class DeviceAdviceTest {
  private static final CudaReport CARD =
      new CudaReport(
          List.of(new Gpu(0, "NVIDIA A10", 8, 6, 24L << 30, 22L << 30)),
          "535.261.03",
          "12.2",
          "11.6",
          Optional.empty());
  private static final Backend CPU = StartedBackend.cpu();

  private static Backend cuda() throws Exception {
    return Backend.choose(Backend.Request.CUDA, 1, CARD);
  }

  private TrainingSession run(Backend backend, String... settings) throws Exception {
    List<Setting> all =
        java.util.Arrays.stream(settings)
            .map(
                setting ->
                    new Setting(
                        setting.substring(0, setting.indexOf('=')),
                        setting.substring(setting.indexOf('=') + 1),
                        setting,
                        Setting.Form.YAML))
            .toList();
    Experiment experiment = ExperimentFile.read(List.of(), all);
    ImageSet images = new ImageSet(28, 28, new byte[20 * 784], labels());
    Dataset dataset =
        new Dataset("zeros", List.of("0", "1"), images, images, new TreeMap<>(Map.of()));
    DataSplit split = DataSelection.of(dataset, experiment.data(), 1);
    return new TrainingSession(
        new TrainingInputs(experiment, split), backend, ThreadTuner.fixed(1));
  }

  private static byte[] labels() {
    byte[] labels = new byte[20];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 2);
    }
    return labels;
  }

  @Test
  void smallDenseNetworksAreForTheCpu() throws Exception {
    assertEquals(true, run(cuda()).isQuickerOnCpu());
    assertEquals(false, run(CPU).isQuickerOnCpu());
    assertEquals(
        false,
        run(cuda(), "model.layers.0.dense.units=2048", "training.batch-size=512").isQuickerOnCpu());
    assertEquals(
        false,
        run(cuda(), "model.layers=[{conv2d: {filters: 2, kernel: 5}}, flatten]").isQuickerOnCpu());
  }

  @Test
  void fusedStepIsTheCpusAlone() throws Exception {
    assertEquals(
        "Deeplearning4j's own step, with all images on the GPU", run(cuda()).learner().text());
    assertEquals("the fused step", run(CPU).learner().text());
  }

  @Test
  void featureMapsNeedHeapWhereTheCpuTrains() throws Exception {
    String large = "model.layers=[{conv2d: {filters: 60000, kernel: 1}}, flatten]";
    MemoryEstimate.checkHeap(run(cuda(), large).inputs(), cuda());
    TrainingInputs inputs = run(CPU, large).inputs();
    ConfigException refused =
        assertThrows(ConfigException.class, () -> MemoryEstimate.checkHeap(inputs, CPU));
    assertTrue(refused.getMessage().contains("set MNIST4J_HEAP="), refused.getMessage());
  }

  @Test
  void descriptionTellsOneCardFromAnother() throws Exception {
    assertEquals(
        Map.of(
            "backend", "nd4j-cuda-11.6",
            "device", "NVIDIA A10",
            "computeCapability", "8.6",
            "driver", "535.261.03",
            "cudaVersion", "11.6"),
        cuda().description());
    assertEquals(Map.of("backend", "nd4j-native"), CPU.description());
  }
}
