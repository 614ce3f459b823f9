package io.mnist4j.model.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import io.mnist4j.model.TrainedModel;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.protobuf.ByteString;

/** ONNX graphs as several exporters write them, read as ONNX Runtime computes them. */
class OnnxFileTest {
  private static final int OPSET = 17;

  @TempDir Path directory;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random = new Random(4);
  private String last = "x";

  private void input(long... shape) {
    graph.addInput(value("x", shape));
  }

  private static ValueInfoProto value(String name, long... shape) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    Arrays.stream(shape).forEach(size -> sizes.addDimBuilder().setDimValue(size));
    if (shape.length > 0 && shape[0] < 1) {
      sizes.getDimBuilder(0).clearDimValue().setDimParam("n");
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(DataType.FLOAT_VALUE)
                        .setShape(sizes)))
        .build();
  }

  /** Adds a node after the last one; attributes are names and values in turn. */
  private void node(String operator, String more, Object... attributes) {
    String output = operator.toLowerCase(Locale.ROOT) + graph.getNodeCount();
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addOutput(output);
    for (String name : ("last " + more).strip().split(" ", -1)) {
      node.addInput(name.equals("last") ? last : name);
    }
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute(attributes[i].toString(), attributes[i + 1]));
    }
    graph.addNode(node);
    last = output;
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder made = AttributeProto.newBuilder().setName(name);
    if (value instanceof long[] many) {
      Arrays.stream(many).forEach(made::addInts);
      return made.setType(AttributeType.INTS).build();
    }
    if (value instanceof Integer one) {
      return made.setType(AttributeType.INT).setI(one).build();
    }
    if (value instanceof String text) {
      return made.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text)).build();
    }
    return made.setType(AttributeType.FLOAT).setF(((Number) value).floatValue()).build();
  }

  private String weights(String name, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT_VALUE);
    long count = 1;
    for (long size : shape) {
      tensor.addDims(size);
      count *= size;
    }
    for (int i = 0; i < count; i++) {
      tensor.addFloatData((float) (random.nextGaussian() * 0.3));
    }
    graph.addInitializer(tensor);
    return name;
  }

  private String number(String name, double value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT_VALUE)
            .addFloatData((float) value));
    return name;
  }

  private String shape(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return name;
  }

  private Path written() throws Exception {
    graph.addOutput(value(last));
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setProducerName("test")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph)
            .build();
    return Files.write(directory.resolve("model.onnx"), model.toByteArray());
  }

  /** Holds our reading against ONNX Runtime, a softmax being put behind what gives no such. */
  private void assertReadAsOnnxRuntimeDoes(long... inputShape) throws Exception {
    node("Softmax", "", "axis", -1);
    Path file = written();
    INDArray images = ModelFiles.images();
    TrainedModel model = ModelFile.read(file, Optional.of(InputRange.UNIT));
    inputShape[0] = images.size(0);
    try (OrtSession session =
            OrtEnvironment.getEnvironment()
                .createSession(file.toString(), new OrtSession.SessionOptions());
        OnnxTensor pixels =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                FloatBuffer.wrap(images.dup('c').data().asFloat()),
                inputShape);
        OrtSession.Result result = session.run(Map.of("x", pixels))) {
      INDArray expected = Nd4j.create((float[][]) result.get(0).getValue());
      ModelFiles.assertOutputs(expected, model, file.toString());
    }
  }

  /** As tf2onnx writes a Keras network: channels last at both ends, and biases added by nodes. */
  @Test
  void networkOfKerasWithChannelsLast() throws Exception {
    input(-1, 28, 28, 1);
    node("Transpose", "", "perm", new long[] {0, 3, 1, 2});
    node("Conv", weights("k", 4, 1, 3, 3), "auto_pad", "SAME_UPPER", "strides", new long[] {2, 2});
    node("Add", weights("kb", 1, 4, 1, 1));
    node("Relu", "");
    node("MaxPool", "", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2});
    node("Transpose", "", "perm", new long[] {0, 2, 3, 1});
    node("Reshape", shape("row", -1, 4 * 7 * 7));
    node("MatMul", weights("w", 4 * 7 * 7, 10));
    node("Add", weights("b", 10));
    assertReadAsOnnxRuntimeDoes(-1, 28, 28, 1);
  }

  /** As CNTK wrote the MNIST of ONNX' model zoo: a batch of 1, and weights reshaped by a node. */
  @Test
  void networkWithReshapedWeights() throws Exception {
    input(-1, 1, 28, 28);
    node("Div", number("255", 2));
    node(
        "Conv", weights("k", 3, 1, 5, 5), "auto_pad", "SAME_UPPER", "dilations", new long[] {1, 1});
    node("Add", weights("kb", 3, 1, 1));
    node("Relu", "");
    node(
        "MaxPool",
        "",
        "kernel_shape",
        new long[] {3, 3},
        "strides",
        new long[] {3, 3},
        "pads",
        new long[] {1, 1, 1, 1});
    node("Reshape", shape("row", -1, 3 * 10 * 10));
    String data = last;
    last = weights("w4", 3, 10, 10, 10);
    node("Reshape", shape("matrix", 300, 10));
    String matrix = last;
    last = data;
    node("MatMul", matrix);
    node("Add", weights("b", 1, 10));
    assertReadAsOnnxRuntimeDoes(-1, 1, 28, 28);
  }

  @Test
  void normalisationsAndEdges() throws Exception {
    input(-1, 1, 28, 28);
    node("Mul", weights("g", 1, 1, 1));
    node("Pad", shape("pads", 0, 0, 2, 1, 0, 0, 0, 3));
    node(
        "Conv", weights("k", 6, 1, 3, 3) + " " + weights("kb", 6), "pads", new long[] {1, 0, 2, 1});
    node("Mul", weights("g2", 6, 1, 1));
    node("Conv", weights("k2", 4, 3, 3, 3), "group", 2, "strides", new long[] {2, 2});
    node("Clip", number("low", 0) + " " + number("high", 0.5));
    node(
        "AveragePool",
        "",
        "kernel_shape",
        new long[] {3, 3},
        "strides",
        new long[] {2, 2},
        "pads",
        new long[] {1, 1, 1, 1},
        "count_include_pad",
        1);
    node("GlobalAveragePool", "");
    node("Squeeze", shape("axes", 2, 3));
    node("Sub", weights("m", 4));
    node("Gemm", weights("w", 10, 4), "transB", 1);
    assertReadAsOnnxRuntimeDoes(-1, 1, 28, 28);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Relu",
        "Sigmoid",
        "Tanh",
        "Softplus",
        "Softsign",
        "HardSwish",
        "Exp",
        "Selu",
        "HardSigmoid",
        "LeakyRelu",
        "Elu",
        "ThresholdedRelu",
        "Identity"
      })
  void activation(String operator) throws Exception {
    input(-1, 784);
    node("MatMul", weights("w", 784, 6));
    node(operator, "");
    node("MatMul", weights("w2", 6, 10));
    assertReadAsOnnxRuntimeDoes(-1, 784);
  }

  /** As PyTorch's exporter flattens where the size of a batch may vary. */
  @Test
  void shapeThatTheGraphWorksOut() throws Exception {
    input(-1, 28, 28);
    String data = last;
    node("Shape", "");
    node("Gather", shape("first", 0), "axis", 0);
    String images = last;
    last = images;
    node("Concat", shape("rest", -1), "axis", 0);
    String row = last;
    last = data;
    node("Reshape", row);
    node("MatMul", weights("w", 784, 10));
    assertReadAsOnnxRuntimeDoes(-1, 28, 28);
  }

  private void assertRefused(String why) throws Exception {
    Path file = written();
    ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(file));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void whatIsNotReadIsNamed() throws Exception {
    input(-1, 784);
    node("LSTM", weights("w", 784, 10));
    assertRefused("node 'lstm0' (LSTM) is of a kind that mnist4j does not read; it reads Gemm");
  }

  @Test
  void attributesThatAreNotReadAreNamed() throws Exception {
    input(-1, 784);
    node("MatMul", weights("w", 784, 10), "wings", 2);
    assertRefused("has the attribute wings, which mnist4j does not read");
  }

  @Test
  void branchesAreRefused() throws Exception {
    input(-1, 784);
    node("MatMul", weights("w", 784, 784));
    node("Relu", "");
    node("Add", "x");
    assertRefused("mnist4j reads networks whose layers follow one another");
  }

  @Test
  void damageIsNamed() throws Exception {
    input(-1, 784);
    node("MatMul", weights("w", 784, 10));
    byte[] whole = Files.readAllBytes(written());
    Path cut = Files.write(directory.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
    ModelException e = assertThrows(ModelException.class, () -> ModelFile.read(cut));
    assertTrue(e.getMessage().contains("its ONNX is damaged"), e.getMessage());
  }

  @Test
  void weightsInFilesElsewhereAreRefused() throws Exception {
    input(-1, 784);
    weights("w", 784, 10);
    TensorProto.Builder tensor = graph.getInitializerBuilder(0).clearFloatData();
    tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    tensor.addExternalDataBuilder().setKey("location").setValue("../secret");
    node("MatMul", "w");
    assertRefused("whose name '../secret' is none in the same folder");
  }

  @Test
  void classesAreNamedAsTheMetadataSays() throws Exception {
    input(-1, 784);
    node("MatMul", weights("w", 784, 2));
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(written())).toBuilder();
    model.addMetadataPropsBuilder().setKey("labels").setValue("[\"cat\", \"dog\"]");
    Path file = Files.write(directory.resolve("named.onnx"), model.build().toByteArray());
    TrainedModel read = ModelFile.read(file);
    assertEquals(List.of("cat", "dog"), read.provenance().labels());
    assertEquals("ONNX of test", read.origin().orElseThrow().format());
  }
}
