package io.mnist4j.model.export;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.InputRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A network as an ONNX model, in which each node takes what the last one gave: pixels of 0 to 1 in,
 * a number for each class out.
 */
final class OnnxGraph {
  static final String INPUT = "pixels";
  static final String OUTPUT = "probabilities";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("mnist4j");
  private final OnnxForm form;
  private String last = INPUT;

  private OnnxGraph(OnnxForm form) {
    this.form = form;
  }

  /**
   * The file's content.
   *
   * @param takes what the network takes, for a person
   * @param metadata name → text, kept with the model
   * @throws ModelException if the network does what ONNX has no word for
   */
  static byte[] bytes(
      Plan plan, OnnxForm form, String takes, Map<String, String> metadata, String producerVersion)
      throws ModelException {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(form.irVersion())
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(form.opset()))
            .setProducerName("mnist4j")
            .setProducerVersion(producerVersion)
            .setDocString(takes)
            .setGraph(new OnnxGraph(form).of(plan));
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private GraphProto of(Plan plan) throws ModelException {
    graph.addInput(value(INPUT, plan.inputShape()));
    InputRange range = plan.range();
    if (!range.equals(InputRange.UNIT)) {
      add("Mul", "scaled", constant("scale", range.ink() - range.paper()));
      add("Add", "shifted", constant("offset", range.paper()));
    }
    for (ExportStep step : plan.steps()) {
      step.addTo(this);
    }
    graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, OUTPUT);
    return graph.addOutput(value(OUTPUT, plan.classes())).build();
  }

  /** The name of what the last node gave. */
  String last() {
    return last;
  }

  /** Lets the next node take what an earlier one gave. */
  void continueFrom(String earlier) {
    last = earlier;
  }

  /**
   * Adds a node.
   *
   * @param more inputs after the last node's result
   */
  void add(String operator, String name, List<String> more, List<AttributeProto> attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name);
    graph.addNode(
        node.addInput(last).addAllInput(more).addOutput(name).addAllAttribute(attributes));
    last = name;
  }

  /** As {@link #add(String, String, List, List)}, without attributes. */
  void add(String operator, String name, String... more) {
    add(operator, name, List.of(more), List.of());
  }

  /** Makes rows of what the last node gave; some versions of OpenCV fail at ONNX' own Flatten. */
  void flatten(String name, long size) {
    add("Reshape", name, constant(name + ".shape", -1, size));
  }

  /** Adds a constant, and gives its name. */
  String constant(String name, INDArray values) {
    float[] numbers = values.dup('c').data().asFloat();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return constant(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT_VALUE)
            .addAllDims(Arrays.stream(values.shape()).boxed().toList())
            .setRawData(ByteString.copyFrom(bytes)));
  }

  String constant(String name, double value) {
    return constant(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT_VALUE)
            .addFloatData((float) value));
  }

  String constant(String name, long... values) {
    return constant(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64_VALUE)
            .addDims(values.length)
            .addAllInt64Data(Arrays.stream(values).boxed().toList()));
  }

  private String constant(TensorProto.Builder tensor) {
    graph.addInitializer(tensor);
    return tensor.getName();
  }

  static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto attribute(String name, int value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, int[] values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(Arrays.stream(values).asLongStream().boxed().toList())
        .build();
  }

  /** A batch of arrays, its own size free unless the form says it. */
  private ValueInfoProto value(String name, long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    TensorShapeProto.Dimension.Builder images = shape.addDimBuilder();
    if (form.batch() == OnnxForm.ANY_BATCH) {
      images.setDimParam("batch");
    } else {
      images.setDimValue(form.batch());
    }
    for (long size : sizes) {
      shape.addDimBuilder().setDimValue(size);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
