package io.mnist4j.model.foreign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;

/**
 * An operator of an ONNX graph. It remembers which of its attributes were read: an operator with
 * others would be read wrong.
 */
final class OnnxNode {
  private final NodeProto proto;
  private final Map<String, AttributeProto> attributes = new HashMap<>();
  private final Set<String> read = new HashSet<>();

  OnnxNode(NodeProto proto) {
    this.proto = proto;
    proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
  }

  /** Its operator, with the domain where that is not ONNX' own. */
  String operator() {
    boolean own = proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx");
    return own ? proto.getOpType() : proto.getDomain() + "." + proto.getOpType();
  }

  /** What it is called, or else what it gives. */
  String name() {
    return proto.getName().isEmpty() ? output() : proto.getName();
  }

  List<String> inputs() {
    return proto.getInputList();
  }

  /** The name of an input; empty where it has none there. */
  String input(int index) {
    return index < proto.getInputCount() ? proto.getInput(index) : "";
  }

  /** The name of what it gives. */
  String output() {
    return proto.getOutputCount() == 0 ? "" : proto.getOutput(0);
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  private AttributeProto attribute(String name) {
    read.add(name);
    return attributes.getOrDefault(name, AttributeProto.getDefaultInstance());
  }

  long integer(String name, long missing) {
    AttributeProto found = attribute(name);
    return has(name) ? found.getI() : missing;
  }

  double number(String name, double missing) {
    AttributeProto found = attribute(name);
    return has(name) ? found.getF() : missing;
  }

  String text(String name, String missing) {
    AttributeProto found = attribute(name);
    return has(name) ? found.getS().toStringUtf8() : missing;
  }

  TensorProto tensor(String name) {
    return attribute(name).getT();
  }

  List<Long> integers(String name, Long... missing) {
    AttributeProto found = attribute(name);
    return has(name) ? found.getIntsList() : List.of(missing);
  }

  /** Lets attributes be that change nothing in a trained network. */
  void ignore(String... names) {
    read.addAll(List.of(names));
  }

  /**
   * Refuses what was set and not read.
   *
   * @throws UnreadableModelException if there is any; the message names it
   */
  void requireAllRead() throws UnreadableModelException {
    for (String name : attributes.keySet()) {
      require(read.contains(name), "has the attribute " + name);
    }
  }

  void require(boolean readable, String what) throws UnreadableModelException {
    if (!readable) {
      throw refused(what + ", which mnist4j does not read");
    }
  }

  UnreadableModelException refused(String why) {
    return new UnreadableModelException("its node '%s' (%s) %s".formatted(name(), operator(), why));
  }
}
