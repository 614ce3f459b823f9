package io.mnist4j.model.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX graph in which each node takes what the last one gave. */
final class OnnxGraph {
  /** The size that is free. */
  static final String BATCH = "batch";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private String last;

  OnnxGraph(String name, String input, long size) {
    graph.setName(name).addInput(value(input, size));
    last = input;
  }

  /** The name of what the last node gave. */
  String last() {
    return last;
  }

  /** Ends the graph with the last node's result under another name. */
  GraphProto finish(String output, long size) {
    NodeProto.Builder node = graph.getNodeBuilder(graph.getNodeCount() - 1);
    node.setOutput(0, output);
    return graph.addOutput(value(output, size)).build();
  }

  /**
   * Adds a node.
   *
   * @param more inputs after the last node's result
   */
  OnnxGraph add(String operator, String name, List<String> more, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name);
    node.addInput(last).addAllInput(more).addOutput(name).addAllAttribute(List.of(attributes));
    graph.addNode(node);
    last = name;
    return this;
  }

  OnnxGraph add(String operator, String name, AttributeProto... attributes) {
    return add(operator, name, List.of(), attributes);
  }

  /** Adds a constant, and gives its name. */
  String constant(String name, INDArray values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(values.length() * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : TensorBytes.inRowOrder(values)) {
      bytes.putFloat(value);
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long size : values.shape()) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes.flip())));
    return name;
  }

  String constant(String name, double value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData((float) value));
    return name;
  }

  String constant(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  static AttributeProto attribute(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto attribute(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, int[] values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (int value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static ValueInfoProto value(String name, long size) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(BATCH);
    shape.addDimBuilder().setDimValue(size);
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
