package io.mnist4j.model.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.mnist4j.data.strokes.Strokes;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.Networks;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.Tensors;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.model.foreign.ModelFile;
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
import io.mnist4j.text.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.shade.jackson.databind.JsonNode;

/** What other programs make of our files: ONNX Runtime, and readers of the other formats. */
class ExporterTest {
  private static final int IMAGES = 1_000;

  /** {@code [1000, 784]} in 0 to 1. */
  private static final INDArray FEATURES = Tensors.features(Strokes.generate(7, IMAGES));

  private static final INDArray FEW = FEATURES.get(NDArrayIndex.interval(0, 100)).dup();

  private static final List<LayerSpec> LENET =
      List.of(
          new Conv2d(4, 5, 1, Padding.SAME, Activation.RELU, WeightInit.GLOROT_UNIFORM),
          Batchnorm.DEFAULT,
          Maxpool2d.DEFAULT,
          new Conv2d(6, 3, 2, Padding.SAME, Activation.LEAKY_RELU, WeightInit.GLOROT_UNIFORM),
          new Avgpool2d(3, 2),
          Flatten.DEFAULT,
          Batchnorm.DEFAULT,
          Dropout.DEFAULT,
          Dense.DEFAULT);

  private static final Map<String, TrainedModel> READ = new HashMap<>();

  @TempDir Path directory;

  /** Whole models: ours and others'. */
  private static TrainedModel model(String name) throws Exception {
    TrainedModel model = READ.get(name);
    if (model == null) {
      model = read(name);
      READ.put(name, model);
    }
    return model;
  }

  private static TrainedModel read(String name) throws Exception {
    return switch (name) {
      case "mlp" -> trained(List.of(Dense.DEFAULT));
      case "lenet" -> trained(LENET);
      case "keras-cnn" -> ModelFile.read(ModelFiles.file("keras3-cnn.h5"));
      case "keras-bytes" ->
          ModelFile.read(ModelFiles.file("keras3-bytes.h5"), Optional.of(InputRange.BYTES));
      case "keras-rescaling" -> ModelFile.read(ModelFiles.file("keras3-rescaling.h5"));
      case "dl4j" -> ModelFile.read(ModelFiles.file("dl4j-1.0.0-beta3-cnn.zip"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static final List<String> MODELS =
      List.of("mlp", "lenet", "keras-cnn", "keras-bytes", "keras-rescaling", "dl4j");

  @Test
  void onnxRuntimeGivesTheSameProbabilities() throws Exception {
    for (String name : MODELS) {
      TrainedModel model = model(name);
      Path file = directory.resolve(name + ".onnx");
      Exporter.export(model, ExportFormat.ONNX, file);
      ModelFiles.assertOutputs(model.outputs(FEATURES), onnx(file, FEATURES), name);
    }
  }

  @Test
  void eachVersionOfOnnxIsOneThatOnnxRuntimeKnows() throws Exception {
    TrainedModel model = model("lenet");
    Path file = directory.resolve("model.onnx");
    for (int opset = 11; opset <= 21; opset++) {
      Exporter.export(model, ExportFormat.ONNX, new OnnxForm(opset, 0), file);
      ModelFiles.assertOutputs(model.outputs(FEW), onnx(file, FEW), "opset " + opset);
    }
  }

  @Test
  void onnxTakesTheNumberOfImagesThatWasSaid() throws Exception {
    Path file = directory.resolve("model.onnx");
    String takes = Exporter.export(model("lenet"), ExportFormat.ONNX, new OnnxForm(17, 1), file);
    assertTrue(takes.contains("float32 [1, 1, 28, 28]"), takes);
    try (OrtSession session = session(file)) {
      TensorInfo input = (TensorInfo) session.getInputInfo().get("pixels").getInfo();
      assertArrayEquals(new long[] {1, 1, 28, 28}, input.getShape());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ONNX", "SAFETENSORS"})
  void filesReadAsTheModelThatTheyCameFrom(ExportFormat format) throws Exception {
    for (String name : MODELS) {
      TrainedModel model = model(name);
      Path file = directory.resolve(name + "." + format.extension());
      Exporter.export(model, format, file);
      TrainedModel read = ModelFile.read(file);
      ModelFiles.assertOutputs(model.outputs(FEW), read.outputs(FEW), name);
      assertEquals(model.provenance().labels(), read.provenance().labels());
    }
  }

  @Test
  void safetensorsAreSortedAndAligned() throws Exception {
    Path file = directory.resolve("model.safetensors");
    String takes = Exporter.export(model("lenet"), ExportFormat.SAFETENSORS, file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    assertEquals(0, length % 8);
    String header = new String(bytes.array(), 8, length, StandardCharsets.UTF_8);
    int end = 0;
    String before = "";
    for (Iterator<Map.Entry<String, JsonNode>> fields = Json.parse(header).fields();
        fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!field.getKey().equals("__metadata__")) {
        assertTrue(field.getKey().compareTo(before) > 0, field.getKey());
        before = field.getKey();
        assertEquals(end, field.getValue().get("data_offsets").get(0).asInt());
        end = field.getValue().get("data_offsets").get(1).asInt();
      }
    }
    assertEquals(bytes.capacity(), 8 + length + end);
    assertTrue(
        takes.contains(
            "net = Sequential(Conv2d(1, 4, 5, padding=2), ReLU(), BatchNorm2d(4, eps=0.001),"),
        takes);
  }

  @Test
  void onnxTakesAnyNumberOfImages() throws Exception {
    TrainedModel model = model("lenet");
    Path file = directory.resolve("model.onnx");
    Exporter.export(model, ExportFormat.ONNX, file);
    INDArray one = FEATURES.getRows(3);
    ModelFiles.assertOutputs(model.outputs(one), onnx(file, one), "one image");
    try (OrtSession session = session(file)) {
      TensorInfo input = (TensorInfo) session.getInputInfo().get("pixels").getInfo();
      assertArrayEquals(new long[] {-1, 1, 28, 28}, input.getShape());
      TensorInfo output = (TensorInfo) session.getOutputInfo().get("probabilities").getInfo();
      assertArrayEquals(new long[] {-1, 10}, output.getShape());
    }
  }

  @Test
  void onnxSaysWhereItComesFrom() throws Exception {
    TrainedModel model = model("mlp");
    Path file = directory.resolve("model.onnx");
    String takes = Exporter.export(model, ExportFormat.ONNX, file);
    assertEquals(
        "takes pixels: float32 [batch, 784], pixels / 255 row by row, 0 is paper and 1 is ink;"
            + " gives probabilities: float32 [batch, 10]",
        takes);
    try (OrtSession session = session(file)) {
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();
      assertEquals(model.provenance().toJson(), metadata.get("provenance"));
      assertEquals(
          "[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]", metadata.get("labels"));
      assertEquals("0.5", metadata.get("test-accuracy"));
      assertEquals("strokes", metadata.get("dataset"));
      assertTrue(metadata.get("preprocessing").contains("pixels / 255"), metadata.toString());
      assertEquals("mnist4j", session.getMetadata().getProducerName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyActivationOfOursIsExported(Activation activation) throws Exception {
    TrainedModel model = trained(List.of(new Dense(12, activation, WeightInit.GLOROT_UNIFORM)));
    Path file = directory.resolve("model.onnx");
    Exporter.export(model, ExportFormat.ONNX, file);
    ModelFiles.assertOutputs(model.outputs(FEW), onnx(file, FEW), activation.name());
    ModelFiles.assertOutputs(
        model.outputs(FEW), ModelFile.read(file).outputs(FEW), activation.name());
    Path torch = directory.resolve("model.safetensors");
    if (activation != Activation.GELU) {
      Exporter.export(model, ExportFormat.SAFETENSORS, torch);
      ModelFiles.assertOutputs(
          model.outputs(FEW), ModelFile.read(torch).outputs(FEW), activation.name());
    }
    Path keras = directory.resolve("model.h5");
    if (activation == Activation.GELU) {
      ModelException refused =
          assertThrows(
              ModelException.class, () -> Exporter.export(model, ExportFormat.KERAS_H5, keras));
      assertTrue(refused.getMessage().contains("Keras has no activation"), refused.getMessage());
      assertFalse(Files.exists(keras));
    } else {
      Exporter.export(model, ExportFormat.KERAS_H5, keras);
      ModelFiles.assertOutputs(
          model.outputs(FEW), ModelFile.read(keras).outputs(FEW), activation.name());
    }
  }

  @Test
  void layersOfKerasAreExportedOrRefused() throws Exception {
    Set<String> refused = new TreeSet<>();
    for (String name : ModelFiles.layerModels()) {
      TrainedModel model;
      try {
        model = ModelFile.read(ModelFiles.layerModel(name, directory));
      } catch (ModelException e) {
        continue;
      }
      for (ExportFormat format : List.of(ExportFormat.ONNX, ExportFormat.KERAS_H5)) {
        Path file = directory.resolve("exported." + format.extension());
        try {
          Exporter.export(model, format, file);
        } catch (ModelException e) {
          refused.add(name + " " + format.key());
          continue;
        }
        INDArray images = ModelFiles.images();
        INDArray outputs =
            format == ExportFormat.ONNX ? onnx(file, images) : ModelFile.read(file).outputs(images);
        ModelFiles.assertOutputs(model.outputs(images), outputs, name + " " + format.key());
      }
    }
    assertEquals(
        Set.of(
            "cropping keras-h5",
            "cropping onnx",
            "depthwise keras-h5",
            "depthwise onnx",
            "hardsigmoid keras-h5",
            "prelu keras-h5",
            "prelu onnx",
            "separable keras-h5",
            "separable onnx",
            "upsampling keras-h5",
            "upsampling onnx"),
        refused);
  }

  /** Its layout was checked with Keras 2 and 3 themselves; here our own reader stands for them. */
  @Test
  void kerasFilesReadAsTheModelThatTheyCameFrom() throws Exception {
    for (String name : MODELS) {
      TrainedModel model = model(name);
      Path file = directory.resolve(name + ".h5");
      Exporter.export(model, ExportFormat.KERAS_H5, file);
      ModelFiles.assertOutputs(model.outputs(FEW), ModelFile.read(file).outputs(FEW), name);
    }
  }

  @Test
  void stockDl4jReadsItsZips() throws Exception {
    TrainedModel ours = model("lenet");
    Path file = directory.resolve("ours.zip");
    assertEquals(
        "takes float32 [n, 784], pixels / 255 row by row",
        Exporter.export(ours, ExportFormat.DL4J, file));
    MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    assertEquals(ours.network().output(FEATURES), read.output(FEATURES));
    assertEquals(ours.provenance(), ModelFile.read(file).provenance());

    TrainedModel keras = model("keras-rescaling");
    Path other = directory.resolve("keras.zip");
    assertEquals(
        "takes float32 [n, 784], pixels of -1..1",
        Exporter.export(keras, ExportFormat.DL4J, other));
    INDArray images = FEATURES.mul(2).sub(1);
    ModelFiles.assertOutputs(
        keras.outputs(FEATURES),
        ModelSerializer.restoreMultiLayerNetwork(other.toFile()).output(images),
        "stock DL4J");
    ImagePreProcessingScaler scaler = ModelSerializer.restoreNormalizerFromFile(other.toFile());
    assertEquals(-1, scaler.getMinRange());
    assertEquals(1, scaler.getMaxRange());
    TrainedModel again = ModelFile.read(other);
    assertEquals(new InputRange(-1, 1), again.range());
    ModelFiles.assertOutputs(keras.outputs(FEATURES), again.outputs(FEATURES), "ours");
  }

  @Test
  void weightsAsNumPyArrays() throws Exception {
    TrainedModel model = model("mlp");
    Path file = directory.resolve("weights.npz");
    Exporter.export(model, ExportFormat.NPZ, file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertEquals(
          List.of("dense.weights.npy", "dense.bias.npy", "output.weights.npy", "output.bias.npy"),
          zip.stream().map(entry -> entry.getName()).toList());
      byte[] npy = zip.getInputStream(zip.getEntry("dense.weights.npy")).readAllBytes();
      ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
      assertEquals("\u0093NUMPY\u0001\u0000", new String(npy, 0, 8, StandardCharsets.ISO_8859_1));
      int start = 10 + bytes.getShort(8);
      assertEquals(0, start % 64);
      String header = new String(npy, 10, start - 10, StandardCharsets.US_ASCII);
      assertEquals(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (784, 128,), }", header.strip());
      assertEquals('\n', header.charAt(header.length() - 1));
      INDArray weights = model.network().getLayer(0).getParam("W");
      assertEquals(start + 784 * 128 * 4, npy.length);
      assertEquals(weights.getFloat(3, 5), bytes.getFloat(start + (3 * 128 + 5) * 4));
    }
  }

  @Test
  void weightsAsTable() throws Exception {
    TrainedModel model = model("lenet");
    Path file = directory.resolve("weights.csv");
    Exporter.export(model, ExportFormat.CSV, file);
    List<String> lines = Files.readAllLines(file);
    assertEquals("array,i,j,k,l,value", lines.get(0));
    assertEquals(1 + model.network().numParams(), lines.size());
    INDArray filters = model.network().getLayer(3).getParam("W");
    assertTrue(
        lines.contains("conv2d_1.weights,5,3,2,1," + filters.getFloat(5, 3, 2, 1)), "filters");
    INDArray bias = model.network().getOutputLayer().getParam("b");
    assertTrue(lines.contains("output.bias,9,,,," + bias.getFloat(9)), "bias");
  }

  private static TrainedModel trained(List<LayerSpec> layers) {
    return trained(new NetworkSpec(layers, OutputSpec.DEFAULT));
  }

  static TrainedModel trained(NetworkSpec spec) {
    MultiLayerNetwork network =
        Networks.create(spec, 28, 28, 10, training -> training.updater(new Adam(0.01)), 3);
    // Running averages and biases that are not what they began with.
    for (int first = 0; first < 400; first += 100) {
      INDArray batch = FEATURES.get(NDArrayIndex.interval(first, first + 100)).dup();
      INDArray targets = Nd4j.zeros(100, 10);
      for (int i = 0; i < 100; i++) {
        targets.putScalar(i, i % 10, 1);
      }
      network.fit(batch, targets);
    }
    Provenance unknown = Provenance.unknown(10, 28, 28, "test");
    return new TrainedModel(
        network,
        new Provenance(
            Map.of("seed", 3),
            "strokes",
            Map.of(),
            unknown.labels(),
            28,
            28,
            3,
            Map.of("test-accuracy", 0.5),
            Map.of(),
            Map.of()));
  }

  private static OrtSession session(Path file) throws Exception {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    }
  }

  /** The images in the shape that the network takes. */
  private static OnnxTensor tensor(OrtSession session, INDArray features) throws Exception {
    long[] shape = ((TensorInfo) session.getInputInfo().get("pixels").getInfo()).getShape();
    shape[0] = features.size(0);
    FloatBuffer numbers = FloatBuffer.wrap(features.dup('c').data().asFloat());
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), numbers, shape);
  }

  private static INDArray onnx(Path file, INDArray features) throws Exception {
    try (OrtSession session = session(file);
        OnnxTensor pixels = tensor(session, features);
        OrtSession.Result result = session.run(Map.of("pixels", pixels))) {
      return Nd4j.create((float[][]) result.get(0).getValue());
    }
  }
}
