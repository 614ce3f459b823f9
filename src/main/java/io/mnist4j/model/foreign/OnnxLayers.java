package io.mnist4j.model.foreign;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The nodes of an ONNX graph as layers, one after another. Each attribute of a node is read, is
 * known to change nothing in a trained network, or refuses the model.
 */
final class OnnxLayers {
  private static final String READABLE =
      "Gemm, MatMul, Add, Sub, Mul, Div, Conv, MaxPool, AveragePool, GlobalMaxPool,"
          + " GlobalAveragePool, ReduceMean, ReduceMax, BatchNormalization, Flatten, Reshape,"
          + " Transpose, Squeeze, Unsqueeze, Pad, Dropout, Identity, Cast, Clip, Softmax,"
          + " LogSoftmax and the activations";

  /** Operators that are an activation without attributes, and its name. */
  private static final Map<String, String> ACTIVATIONS =
      Map.of(
          "Relu", "relu",
          "Sigmoid", "sigmoid",
          "Tanh", "tanh",
          "Softplus", "softplus",
          "Softsign", "softsign",
          "HardSwish", "hard_silu",
          "Mish", "mish",
          "Exp", "exponential");

  /** Activations of several nodes, x being what the first one takes. */
  private static final Map<String, String> PATTERNS =
      Map.of(
          "Sigmoid Mul(x)", "swish",
          "HardSigmoid(0.1667) Mul(x)", "hard_silu",
          "Softplus Tanh Mul(x)", "mish",
          "Mul(1.702) Sigmoid Mul(x)", "quick_gelu",
          "Mul(0.7071) Erf Add(1.000) Mul(0.5000) Mul(x)", "gelu",
          "Div(1.414) Erf Add(1.000) Mul(x) Mul(0.5000)", "gelu",
          "Mul(0.7071) Erf Add(1.000) Mul(x) Mul(0.5000)", "gelu",
          "Div(1.414) Erf Add(1.000) Mul(0.5000) Mul(x)", "gelu");

  private static final int LONGEST_PATTERN = 5;

  private final GraphProto graph;
  private final OnnxConstants constants;
  private final List<String> notes;
  private final Map<String, Integer> uses = new HashMap<>();
  private LayerChain chain;

  /** What comes in, and its shape without the number of images. */
  private String input;

  private long[] inputShape;

  /** What the last node gave. */
  private String last;

  /** Whether that has its logarithm taken, after which nothing may come. */
  private boolean isLogarithm;

  /**
   * @param notes takes what a user should know, a line each
   */
  OnnxLayers(GraphProto graph, OnnxConstants constants, List<String> notes) {
    this.graph = graph;
    this.constants = constants;
    this.notes = notes;
  }

  ForeignNetwork network() throws UnreadableModelException {
    for (TensorProto tensor : graph.getInitializerList()) {
      constants.put(tensor.getName(), tensor);
    }
    for (NodeProto node : graph.getNodeList()) {
      if (!node.getOpType().equals("Shape")) {
        node.getInputList().forEach(name -> uses.merge(name, 1, Integer::sum));
      }
    }
    readInput();
    int index = 0;
    while (index < graph.getNodeCount()) {
      index = read(index);
    }
    if (graph.getOutputCount() != 1 || !graph.getOutput(0).getName().equals(last)) {
      throw new UnreadableModelException(
          "its last node gives '%s', which is not its one output".formatted(last));
    }
    if (isLogarithm) {
      notes.add("it gives logarithms of probabilities, and is read as giving the probabilities");
    }
    return chain.network();
  }

  private void readInput() throws UnreadableModelException {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(input -> !constants.has(input.getName())).toList();
    if (inputs.size() != 1) {
      throw new UnreadableModelException(
          "it has %d inputs; mnist4j reads networks with one".formatted(inputs.size()));
    }
    TensorShapeProto shape = inputs.get(0).getType().getTensorType().getShape();
    if (shape.getDimCount() < 2) {
      throw new UnreadableModelException("it does not say the shape of its input");
    }
    inputShape =
        shape.getDimList().stream().skip(1).mapToLong(size -> size.getDimValue()).toArray();
    input = inputs.get(0).getName();
    last = input;
    chain = new LayerChain(inputShape);
  }

  /** Reads a node, or several that are one activation, and gives the index of the next one. */
  private int read(int index) throws UnreadableModelException {
    OnnxNode node = node(index);
    if (node.operator().equals("Shape")) {
      constants.putShape(node);
      return index + 1;
    }
    if (node.inputs().stream().allMatch(constants::has)) {
      constants.fold(node);
      return index + 1;
    }
    if (uses.getOrDefault(last, 0) > 1) {
      return pattern(index);
    }
    for (String taken : node.inputs()) {
      if (!taken.equals(last) && !constants.has(taken)) {
        throw branches(node);
      }
    }
    if (isLogarithm) {
      throw node.refused("follows a logarithm of probabilities");
    }
    add(node);
    node.requireAllRead();
    last = node.output();
    return index + 1;
  }

  private OnnxNode node(int index) {
    return new OnnxNode(graph.getNode(index));
  }

  private static UnreadableModelException branches(OnnxNode node) {
    return node.refused(
        "takes more than what the node before it gives; mnist4j reads networks whose layers follow"
            + " one another");
  }

  /** Several nodes that are one activation of what the last one gave. */
  private int pattern(int first) throws UnreadableModelException {
    StringBuilder signature = new StringBuilder();
    String inner = last;
    for (int i = first; i < Math.min(first + LONGEST_PATTERN, graph.getNodeCount()); i++) {
      OnnxNode node = node(i);
      if (node.inputs().stream().allMatch(constants::has)) {
        constants.fold(node);
        continue;
      }
      signature.append(i == first ? "" : " ").append(signature(node, inner));
      inner = node.output();
      String function = PATTERNS.get(signature.toString());
      if (function != null) {
        chain.activation(node.name(), function);
        last = inner;
        return i + 1;
      }
    }
    throw branches(node(first));
  }

  /** The operator with what it takes besides the inner value: x, or a number. */
  private String signature(OnnxNode node, String inner) {
    if (node.operator().equals("HardSigmoid")) {
      return "HardSigmoid(%s)".formatted(rounded(node.number("alpha", 0.2)));
    }
    if (node.inputs().size() == 1) {
      return node.operator();
    }
    boolean isFirst = node.input(0).equals(inner);
    String other = node.input(isFirst ? 1 : 0);
    OptionalDouble number = constants.number(node, isFirst ? 1 : 0);
    return "%s(%s)"
        .formatted(
            node.operator(),
            other.equals(last) ? "x" : number.isPresent() ? rounded(number.getAsDouble()) : "?");
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private void add(OnnxNode node) throws UnreadableModelException {
    String name = node.name();
    switch (node.operator()) {
      case "Gemm" -> gemm(node);
      case "MatMul" -> {
        node.require(node.input(0).equals(last), "multiplies weights by images");
        chain.dense(name, matrix(node));
      }
      case "Conv" -> convolution(node);
      case "MaxPool", "AveragePool" -> pooling(node);
      case "GlobalMaxPool", "GlobalAveragePool" ->
          chain.globalPooling(name, node.operator().equals("GlobalMaxPool"), true);
      case "ReduceMean", "ReduceMax" -> {
        node.ignore("noop_with_empty_axes");
        node.require(axes(node).equals(List.of(2L, 3L)), "is over axes other than 2 and 3");
        chain.globalPooling(
            name, node.operator().equals("ReduceMax"), node.integer("keepdims", 1) == 1);
      }
      case "BatchNormalization" -> batchNorm(node);
      case "Flatten" -> {
        node.require(node.integer("axis", 1) == 1, "is over axis " + node.integer("axis", 1));
        chain.reshape(name, List.of(-1L));
      }
      case "Reshape" -> reshape(node);
      case "Transpose" -> transpose(node);
      case "Squeeze" -> {
        node.require(axes(node).equals(List.of(2L, 3L)), "takes away axes other than 2 and 3");
        chain.reshape(name, List.of(-1L));
      }
      case "Unsqueeze" -> unsqueeze(node);
      case "Pad" -> padding(node);
      case "Add", "Sub", "Mul", "Div" -> arithmetic(node);
      case "Dropout", "Identity", "Cast" ->
          node.ignore("ratio", "seed", "training_mode", "to", "saturate", "is_test");
      default -> activation(node);
    }
  }

  /** Attributes until opset 12, an input since. */
  private List<Long> axes(OnnxNode node) throws UnreadableModelException {
    List<Long> axes = node.has("axes") ? node.integers("axes") : constants.integers(node, 1);
    // From behind, as of an array of images with channels.
    return axes.stream().map(axis -> axis < 0 ? axis + 4 : axis).sorted().toList();
  }

  private INDArray matrix(OnnxNode node) throws UnreadableModelException {
    INDArray matrix = constants.array(node, 1);
    node.require(matrix.rank() == 2, "has weights of the shape " + Arrays.toString(matrix.shape()));
    return matrix;
  }

  private void gemm(OnnxNode node) throws UnreadableModelException {
    boolean plain =
        node.number("alpha", 1) == 1
            && node.number("beta", 1) == 1
            && node.integer("transA", 0) == 0
            && node.input(0).equals(last);
    node.require(plain, "is more than a product and a sum");
    INDArray matrix = matrix(node);
    chain.dense(node.name(), node.integer("transB", 0) == 1 ? matrix.transpose() : matrix);
    if (!node.input(2).isEmpty()) {
      node.require(chain.addBias(constants.array(node, 2)), "adds what is no bias");
    }
  }

  private void convolution(OnnxNode node) throws UnreadableModelException {
    INDArray kernel = constants.array(node, 1);
    node.require(kernel.rank() == 4, "is over arrays other than images");
    node.ignore("kernel_shape");
    chain.convolution(node.name(), kernel, node.integer("group", 1), window(node));
    if (!node.input(2).isEmpty()) {
      node.require(chain.addBias(constants.array(node, 2)), "adds what is no bias");
    }
  }

  private void pooling(OnnxNode node) throws UnreadableModelException {
    boolean max = node.operator().equals("MaxPool");
    node.ignore("storage_order");
    node.require(node.integer("ceil_mode", 0) == 0, "has ceil_mode");
    Map<String, Object> window = window(node);
    window.put("pool_size", node.integers("kernel_shape"));
    if (!max && node.integer("count_include_pad", 0) == 1) {
      window.put("count_include_pad", true);
    }
    chain.pooling(node.name(), max, window);
  }

  private static Map<String, Object> window(OnnxNode node) throws UnreadableModelException {
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("strides", node.integers("strides", 1L, 1L));
    window.put("dilation_rate", node.integers("dilations", 1L, 1L));
    List<Long> pads = node.integers("pads", 0L, 0L, 0L, 0L);
    String auto = node.text("auto_pad", "NOTSET");
    node.require(Set.of("NOTSET", "VALID", "SAME_UPPER").contains(auto), "has auto_pad " + auto);
    window.put("padding", auto.equals("NOTSET") ? pads : auto.equals("VALID") ? "valid" : "same");
    return window;
  }

  private void batchNorm(OnnxNode node) throws UnreadableModelException {
    node.ignore("momentum", "spatial", "consumed_inputs");
    node.require(node.integer("training_mode", 0) == 0, "is in training");
    chain.batchNorm(
        node.name(),
        List.of(
            constants.array(node, 1),
            constants.array(node, 2),
            constants.array(node, 3),
            constants.array(node, 4)),
        node.number("epsilon", 1e-5));
  }

  private void reshape(OnnxNode node) throws UnreadableModelException {
    node.ignore("allowzero");
    List<Long> shape = node.has("shape") ? node.integers("shape") : constants.integers(node, 1);
    node.require(shape.size() > 1, "makes an array of %s of all images".formatted(shape));
    chain.reshape(node.name(), shape.subList(1, shape.size()));
  }

  private void transpose(OnnxNode node) throws UnreadableModelException {
    List<Long> order = node.integers("perm");
    node.require(order.size() > 1 && order.get(0) == 0, "moves the number of images");
    chain.add("Permute", node.name(), List.of(), "dims", order.subList(1, order.size()));
  }

  /** Only where the shape is known from the input: a channel is added to images. */
  private void unsqueeze(OnnxNode node) throws UnreadableModelException {
    boolean atInput = last.equals(input) && inputShape.length == 2;
    List<Long> axes = node.has("axes") ? node.integers("axes") : constants.integers(node, 1);
    node.require(
        atInput && axes.size() == 1 && Set.of(1L, 3L, -1L).contains(axes.get(0)),
        "adds axes other than that of the channels to what comes in");
    List<Long> sides = Arrays.stream(inputShape).boxed().toList();
    chain.reshape(
        node.name(),
        axes.get(0) == 1
            ? List.of(1L, sides.get(0), sides.get(1))
            : List.of(sides.get(0), sides.get(1), 1L));
  }

  private void padding(OnnxNode node) throws UnreadableModelException {
    List<Long> pads = node.has("pads") ? node.integers("pads") : constants.integers(node, 1);
    boolean zeros =
        node.text("mode", "constant").equals("constant")
            && node.number("value", 0) == 0
            && constants.number(node, 2).orElse(0) == 0
            && node.input(3).isEmpty();
    boolean ofImages =
        pads.size() == 8 && pads.get(0) + pads.get(1) + pads.get(4) + pads.get(5) == 0;
    node.require(zeros && ofImages, "puts something else than zeros around images");
    chain.add(
        "ZeroPadding2D",
        node.name(),
        List.of(),
        "padding",
        List.of(List.of(pads.get(2), pads.get(6)), List.of(pads.get(3), pads.get(7))),
        "data_format",
        "channels_first");
  }

  /** With a number, or with one for each channel or each number of a row. */
  private void arithmetic(OnnxNode node) throws UnreadableModelException {
    boolean isFirst = node.input(0).equals(last);
    INDArray values = constants.array(node, isFirst ? 1 : 0);
    boolean sum = Set.of("Add", "Sub").contains(node.operator());
    boolean inverse = Set.of("Sub", "Div").contains(node.operator());
    node.require(isFirst || !inverse, "takes images from a number, or divides one by them");
    INDArray effective = !inverse ? values : sum ? values.neg() : values.rdiv(1);
    if (values.length() == 1) {
      double number = effective.getDouble(0);
      chain.add(
          "Rescaling",
          node.name(),
          List.of(),
          "scale",
          sum ? 1 : number,
          "offset",
          sum ? number : 0);
      return;
    }
    int axis = axis(node, values);
    boolean atBias = axis == (chain.lastKind().equals("Conv2D") ? -3 : -1);
    if (sum && atBias && chain.addBias(effective)) {
      return;
    }
    INDArray row = effective.reshape(effective.length());
    INDArray ones = Nd4j.onesLike(row);
    INDArray zeros = Nd4j.zerosLike(row);
    chain.add(
        "BatchNormalization",
        node.name(),
        List.of(sum ? ones : row, sum ? row : zeros, zeros, ones),
        "axis",
        axis,
        "epsilon",
        1e-30);
  }

  /** The one axis, from behind, along which an array is longer than 1. */
  private static int axis(OnnxNode node, INDArray values) throws UnreadableModelException {
    int axis = 0;
    for (int d = 0; d < values.rank(); d++) {
      if (values.size(d) > 1) {
        node.require(axis == 0, "computes with each number of an image by itself");
        axis = d - values.rank();
      }
    }
    return axis;
  }

  private void activation(OnnxNode node) throws UnreadableModelException {
    String name = node.name();
    String plain = ACTIVATIONS.get(node.operator());
    if (plain != null) {
      chain.activation(name, plain);
      return;
    }
    switch (node.operator()) {
      case "Softmax", "LogSoftmax" -> {
        long axis = node.integer("axis", -1);
        node.require(axis == 1 || axis == -1, "is over axis " + axis);
        isLogarithm = node.operator().equals("LogSoftmax");
        chain.activation(name, "softmax");
      }
      case "Selu" -> {
        node.require(
            Math.abs(node.number("alpha", 1.6733) - 1.6733) < 1e-3
                && Math.abs(node.number("gamma", 1.0507) - 1.0507) < 1e-3,
            "has constants of its own");
        chain.activation(name, "selu");
      }
      case "Gelu" -> {
        String formula = node.text("approximate", "none");
        node.require(formula.equals("none"), "is approximated by " + formula);
        chain.activation(name, "gelu");
      }
      case "HardSigmoid" -> hardSigmoid(node);
      case "LeakyRelu" ->
          chain.add("LeakyReLU", name, List.of(), "negative_slope", node.number("alpha", 0.01));
      case "Elu" -> chain.add("ELU", name, List.of(), "alpha", node.number("alpha", 1));
      case "ThresholdedRelu" ->
          chain.add("ThresholdedReLU", name, List.of(), "theta", node.number("alpha", 1));
      case "Clip" -> clip(node);
      default ->
          throw node.refused("is of a kind that mnist4j does not read; it reads " + READABLE);
    }
  }

  private void hardSigmoid(OnnxNode node) throws UnreadableModelException {
    double slope = node.number("alpha", 0.2);
    boolean six = Math.abs(slope - 1 / 6.0) < 1e-4;
    node.require(
        node.number("beta", 0.5) == 0.5 && (six || Math.abs(slope - 0.2) < 1e-4),
        "has a slope of " + slope);
    chain.activation(node.name(), six ? "hard_sigmoid" : "hard_sigmoid_5");
  }

  private void clip(OnnxNode node) throws UnreadableModelException {
    double min = node.number("min", constants.number(node, 1).orElse(Double.NEGATIVE_INFINITY));
    double max = node.number("max", constants.number(node, 2).orElse(Double.POSITIVE_INFINITY));
    node.require(min == 0 && max > 0, "keeps numbers between %s and %s".formatted(min, max));
    if (max < Float.MAX_VALUE) {
      chain.add("ReLU", node.name(), List.of(), "max_value", max);
    } else {
      chain.activation(node.name(), "relu");
    }
  }
}
