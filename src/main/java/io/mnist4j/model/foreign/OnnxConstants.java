package io.mnist4j.model.foreign;

import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import onnx.Onnx.TensorProto.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What in an ONNX graph does not depend on the images: its weights, and shapes that it works out of
 * others, in which -1 stands for the number of images.
 */
final class OnnxConstants {
  private static final String FILE_NAME = "[A-Za-z0-9_][A-Za-z0-9 ._-]{0,200}";

  private static final int MOST_DIMENSIONS = 8;

  /** Numbers that are given another shape: one array may be given many. */
  private static final long MOST_COPIED = 1 << 26;

  private final Path file;
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final Map<String, long[]> integers = new HashMap<>();
  private long copied;

  /**
   * @param file of the model, beside which its weights may be in another
   */
  OnnxConstants(Path file) {
    this.file = file;
  }

  void put(String name, TensorProto tensor) throws UnreadableModelException {
    long[] shape = tensor.getDimsList().stream().mapToLong(size -> size).toArray();
    switch (tensor.getDataType()) {
      case DataType.FLOAT_VALUE -> arrays.put(name, floats(tensor, shape));
      case DataType.DOUBLE_VALUE -> arrays.put(name, doubles(tensor, shape));
      case DataType.FLOAT16_VALUE -> arrays.put(name, FloatBytes.F16.array(bytes(tensor), shape));
      case DataType.BFLOAT16_VALUE -> arrays.put(name, FloatBytes.BF16.array(bytes(tensor), shape));
      case DataType.INT64_VALUE -> integers.put(name, longs(tensor));
      default -> {
        // Of no use to a network that is read; who needs it, misses it.
      }
    }
  }

  private INDArray floats(TensorProto tensor, long[] shape) throws UnreadableModelException {
    if (tensor.getFloatDataCount() == 0) {
      return FloatBytes.F32.array(bytes(tensor), shape);
    }
    float[] values = new float[tensor.getFloatDataCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.getFloatData(i);
    }
    return checked(values, shape);
  }

  private INDArray doubles(TensorProto tensor, long[] shape) throws UnreadableModelException {
    if (tensor.getDoubleDataCount() == 0) {
      return FloatBytes.F64.array(bytes(tensor), shape);
    }
    float[] values = new float[tensor.getDoubleDataCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) tensor.getDoubleData(i);
    }
    return checked(values, shape);
  }

  private static INDArray checked(float[] values, long[] shape) throws UnreadableModelException {
    if (FloatBytes.count(shape) != values.length) {
      throw new UnreadableModelException(
          "it has an array with another number of numbers than its shape says");
    }
    return FloatBytes.array(values, shape);
  }

  private long[] longs(TensorProto tensor) throws UnreadableModelException {
    if (tensor.getInt64DataCount() > 0) {
      return tensor.getInt64DataList().stream().mapToLong(value -> value).toArray();
    }
    ByteBuffer bytes = bytes(tensor).order(ByteOrder.LITTLE_ENDIAN);
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  private ByteBuffer bytes(TensorProto tensor) throws UnreadableModelException {
    if (tensor.getDataLocation() != DataLocation.EXTERNAL) {
      return tensor.getRawData().asReadOnlyByteBuffer();
    }
    Map<String, String> place = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      place.put(entry.getKey(), entry.getValue());
    }
    String location = place.getOrDefault("location", "");
    if (!location.matches(FILE_NAME)) {
      throw new UnreadableModelException(
          "its weights are in another file, whose name '%s' is none in the same folder"
              .formatted(location));
    }
    Path other = file.resolveSibling(location);
    try (FileChannel in = FileChannel.open(other)) {
      long offset = Long.parseLong(place.getOrDefault("offset", "0"));
      long length =
          Long.parseLong(place.getOrDefault("length", String.valueOf(in.size() - offset)));
      if (offset < 0 || length < 0 || length > Integer.MAX_VALUE || length > in.size() - offset) {
        throw new UnreadableModelException("%s is too short".formatted(other));
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) length);
      while (bytes.hasRemaining() && in.read(bytes, offset + bytes.position()) >= 0) {
        // On, to the end.
      }
      return bytes.flip();
    } catch (IOException e) {
      throw new UnreadableModelException(
          "its weights are in %s, which cannot be read: %s".formatted(other, FileProblem.reason(e)),
          e);
    } catch (NumberFormatException e) {
      throw new UnreadableModelException("its weights are nowhere in %s".formatted(other), e);
    }
  }

  boolean has(String name) {
    return name.isEmpty() || arrays.containsKey(name) || integers.containsKey(name);
  }

  /**
   * The array of an input.
   *
   * @throws UnreadableModelException if it is none that is known
   */
  INDArray array(OnnxNode node, int input) throws UnreadableModelException {
    INDArray found = arrays.get(node.input(input));
    if (found == null) {
      throw node.refused(
          "takes '%s', which is no array of weights in the file".formatted(node.input(input)));
    }
    return found;
  }

  /** The one number of an input; empty where the input is not there, or is an array. */
  OptionalDouble number(OnnxNode node, int input) {
    INDArray found = arrays.get(node.input(input));
    return found == null || found.length() != 1
        ? OptionalDouble.empty()
        : OptionalDouble.of(found.getDouble(0));
  }

  /** The whole numbers of an input. */
  List<Long> integers(OnnxNode node, int input) throws UnreadableModelException {
    long[] found = integers.get(node.input(input));
    if (found == null) {
      throw node.refused(
          "takes a shape, '%s', that the file does not say".formatted(node.input(input)));
    }
    return Arrays.stream(found).boxed().toList();
  }

  /** Lets the shape of what a node takes be known, as far as it is: the number of images. */
  void putShape(OnnxNode node) {
    node.ignore("start", "end");
    integers.put(node.output(), new long[] {-1});
  }

  private void constant(OnnxNode node) throws UnreadableModelException {
    if (node.has("value_float")) {
      float value = (float) node.number("value_float", 0);
      arrays.put(node.output(), FloatBytes.array(new float[] {value}));
    } else if (node.has("value_ints") || node.has("value_int")) {
      List<Long> some = node.integers("value_ints", node.integer("value_int", 0));
      integers.put(node.output(), some.stream().mapToLong(value -> value).toArray());
    } else {
      put(node.output(), node.tensor("value"));
    }
  }

  /** Works out a node whose inputs are all known. */
  void fold(OnnxNode node) throws UnreadableModelException {
    String first = node.input(0);
    switch (node.operator()) {
      case "Constant" -> constant(node);
      case "Identity", "Cast", "Unsqueeze", "Squeeze", "Slice" -> {
        node.ignore("to", "axes", "starts", "ends", "saturate");
        node.require(
            integers.containsKey(first)
                || !List.of("Slice", "Squeeze", "Unsqueeze").contains(node.operator()),
            "changes weights");
        if (integers.containsKey(first)) {
          integers.put(node.output(), integers.get(first));
        } else {
          arrays.put(node.output(), array(node, 0));
        }
      }
      case "Gather" -> {
        node.require(
            node.integer("axis", 0) == 0
                && integers.containsKey(first)
                && integers(node, 1).equals(List.of(0L)),
            "takes a part of a shape other than the number of images");
        integers.put(node.output(), new long[] {integers.get(first)[0]});
      }
      case "Concat" -> {
        node.require(node.integer("axis", 0) == 0, "puts weights together");
        long[] all = {};
        for (int i = 0; i < node.inputs().size(); i++) {
          all =
              LongStream.concat(
                      Arrays.stream(all), integers(node, i).stream().mapToLong(value -> value))
                  .toArray();
        }
        node.require(all.length <= MOST_DIMENSIONS, "makes a shape of %d".formatted(all.length));
        integers.put(node.output(), all);
      }
      case "Reshape" -> {
        node.ignore("allowzero");
        long[] shape = integers(node, 1).stream().mapToLong(value -> value).toArray();
        copied += array(node, 0).length();
        node.require(copied <= MOST_COPIED, "copies too many weights");
        arrays.put(node.output(), array(node, 0).dup('c').reshape('c', shape));
      }
      case "Transpose" -> {
        INDArray all = array(node, 0);
        List<Long> order = node.integers("perm");
        arrays.put(
            node.output(),
            order.isEmpty()
                ? all.transpose()
                : all.permute(order.stream().mapToInt(Math::toIntExact).toArray()));
      }
      default -> throw node.refused("computes with weights, which mnist4j does not");
    }
    node.requireAllRead();
  }
}
