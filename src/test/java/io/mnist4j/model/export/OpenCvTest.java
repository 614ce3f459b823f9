package io.mnist4j.model.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFiles;
import io.mnist4j.model.layers.Activation;
import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.Flatten;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.OutputSpec;
import io.mnist4j.model.layers.Padding;
import io.mnist4j.model.layers.WeightInit;
import io.mnist4j.run.ExperimentFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What OpenCV makes of our ONNX files. */
class OpenCvTest {
  /** {@code [100, 784]} in 0 to 1. */
  private static final INDArray FEATURES = Tensors.features(Strokes.generate(7, 100));

  @TempDir Path directory;

  @Test
  void opensTheNetworksOfAllShippedConfigurations() throws Exception {
    List<Path> configs;
    try (Stream<Path> files = Files.list(Path.of("configs"))) {
      configs = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertFalse(configs.isEmpty());
    for (Path config : configs) {
      assertSame(config.toString(), ExperimentFile.read(List.of(config), List.of()).model());
    }
  }

  @Test
  void opensEveryLayer() throws Exception {
    for (Map.Entry<String, List<LayerSpec>> layers : everyLayer().entrySet()) {
      assertSame(layers.getKey(), new NetworkSpec(layers.getValue(), OutputSpec.DEFAULT));
    }
  }

  private static Map<String, List<LayerSpec>> everyLayer() {
    LayerSpec conv = new Conv2d(3, 5, 2, Padding.VALID, Activation.RELU, WeightInit.GLOROT_UNIFORM);
    LayerSpec same = new Conv2d(3, 3, 1, Padding.SAME, Activation.RELU, WeightInit.GLOROT_UNIFORM);
    Map<String, List<LayerSpec>> networks = new LinkedHashMap<>();
    networks.put("dense", List.of(Dense.DEFAULT));
    networks.put("dropout", List.of(Dense.DEFAULT, Dropout.DEFAULT));
    networks.put("batchnorm of units", List.of(Dense.DEFAULT, Batchnorm.DEFAULT));
    networks.put("conv2d", List.of(conv, Flatten.DEFAULT));
    networks.put("conv2d same", List.of(same, Flatten.DEFAULT));
    networks.put("batchnorm of channels", List.of(conv, Batchnorm.DEFAULT, Flatten.DEFAULT));
    networks.put("maxpool2d", List.of(same, Maxpool2d.DEFAULT, Flatten.DEFAULT));
    networks.put("avgpool2d", List.of(same, Avgpool2d.DEFAULT, Flatten.DEFAULT, Dense.DEFAULT));
    return networks;
  }

  private void assertSame(String name, NetworkSpec spec) throws Exception {
    TrainedModel model = ExporterTest.trained(spec);
    Path file = directory.resolve("model.onnx");
    Exporter.export(model, ExportFormat.ONNX, file);
    boolean images = spec.layers().stream().anyMatch(layer -> layer instanceof Conv2d);
    try (Net net = opencv_dnn.readNetFromONNX(file.toString())) {
      for (int batch : new int[] {1, 10, 100}) {
        INDArray features = FEATURES.get(NDArrayIndex.interval(0, batch)).dup('c');
        int[] shape = images ? new int[] {batch, 1, 28, 28} : new int[] {batch, 784};
        ModelFiles.assertOutputs(
            model.outputs(features),
            forward(net, features.data().asFloat(), shape),
            name + ", batch of " + batch);
      }
    }
  }

  /** {@code [n, 10]}. */
  private static INDArray forward(Net net, float[] pixels, int[] shape) {
    try (FloatPointer data = new FloatPointer(pixels);
        Mat input = new Mat(shape, opencv_core.CV_32F, data)) {
      net.setInput(input);
      try (Mat output = net.forward()) {
        float[] probabilities = new float[shape[0] * 10];
        assertEquals(probabilities.length, output.total());
        new FloatPointer(output.data()).get(probabilities);
        return Nd4j.createFromArray(probabilities).reshape(shape[0], 10);
      }
    }
  }
}
