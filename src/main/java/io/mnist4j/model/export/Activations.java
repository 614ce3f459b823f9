package io.mnist4j.model.export;

import static io.mnist4j.model.export.OnnxGraph.attribute;

import io.mnist4j.errors.ModelException;
import io.mnist4j.model.foreign.KerasActivation;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** ND4J's activation functions in other formats. */
final class Activations {
  /** Those that have no parameters: Keras' name, ONNX' operator and PyTorch's module. */
  private static final Map<Class<?>, List<String>> NAMES =
      Map.of(
          ActivationSELU.class, List.of("selu", "Selu", "SELU"),
          ActivationSigmoid.class, List.of("sigmoid", "Sigmoid", "Sigmoid"),
          ActivationTanH.class, List.of("tanh", "Tanh", "Tanh"),
          ActivationSoftPlus.class, List.of("softplus", "Softplus", "Softplus"),
          ActivationSoftSign.class, List.of("softsign", "Softsign", "Softsign"));

  /** PyTorch's modules of those that Keras has without parameters. */
  private static final Map<KerasActivation.Formula, String> TORCH =
      Map.of(
          KerasActivation.Formula.GELU, "GELU",
          KerasActivation.Formula.HARD_SIGMOID, "Hardsigmoid",
          KerasActivation.Formula.HARD_SILU, "Hardswish",
          KerasActivation.Formula.MISH, "Mish");

  private Activations() {}

  static void add(IActivation function, String name, OnnxGraph graph) throws ModelException {
    String before = graph.last();
    if (NAMES.containsKey(function.getClass())) {
      graph.add(NAMES.get(function.getClass()).get(1), name);
    } else if (function instanceof ActivationSoftmax) {
      add("Softmax", name, graph, attribute("axis", 1));
    } else if (function instanceof ActivationReLU relu && isPlain(relu)) {
      graph.add("Relu", name);
      if (relu.getMax() != null) {
        clip(name + ".clipped", relu.getMax(), graph);
      }
    } else if (function instanceof ActivationReLU6) {
      clip(name, 6, graph);
    } else if (function instanceof ActivationLReLU leaky) {
      add("LeakyRelu", name, graph, attribute("alpha", leaky.getAlpha()));
    } else if (function instanceof ActivationELU elu) {
      add("Elu", name, graph, attribute("alpha", elu.getAlpha()));
    } else if (function instanceof ActivationHardSigmoid) {
      add("HardSigmoid", name, graph, attribute("alpha", 0.2), attribute("beta", 0.5));
    } else if (function instanceof ActivationSwish) {
      graph.add("Sigmoid", name + ".sigmoid");
      graph.add("Mul", name, before);
    } else if (function instanceof ActivationGELU gelu && !gelu.isPrecise()) {
      // ND4J's: x · sigmoid(1.702 x).
      graph.add("Mul", name + ".scaled", graph.constant(name + ".factor", 1.702));
      graph.add("Sigmoid", name + ".sigmoid");
      graph.add("Mul", name, before);
    } else if (function instanceof KerasActivation keras) {
      add(keras, name, graph);
    } else {
      throw unknown(function, "ONNX");
    }
  }

  private static void add(KerasActivation function, String name, OnnxGraph graph) {
    String before = graph.last();
    switch (function.formula()) {
      case GELU -> {
        graph.add("Mul", name + ".scaled", graph.constant(name + ".root", Math.sqrt(0.5)));
        graph.add("Erf", name + ".erf");
        graph.add("Add", name + ".shifted", graph.constant(name + ".one", 1.0));
        graph.add("Mul", name + ".normal", graph.constant(name + ".half", 0.5));
        graph.add("Mul", name, before);
      }
      case HARD_SIGMOID -> hardSigmoid(name, graph);
      case HARD_SILU -> {
        hardSigmoid(name + ".sigmoid", graph);
        graph.add("Mul", name, before);
      }
      case EXPONENTIAL -> graph.add("Exp", name);
      case MISH -> {
        graph.add("Softplus", name + ".softplus");
        graph.add("Tanh", name + ".tanh");
        graph.add("Mul", name, before);
      }
      case RELU -> {
        graph.add("Sub", name + ".shifted", graph.constant(name + ".from", function.threshold()));
        graph.add("Min", name + ".low", graph.constant(name + ".zero", 0.0));
        graph.add("Mul", name + ".below", graph.constant(name + ".slope", function.slope()));
        graph.continueFrom(before);
        add("ThresholdedRelu", name + ".high", graph, attribute("alpha", function.threshold()));
        graph.add("Min", name + ".above", graph.constant(name + ".max", function.max()));
        graph.add("Add", name, name + ".below");
      }
    }
  }

  private static void hardSigmoid(String name, OnnxGraph graph) {
    add("HardSigmoid", name, graph, attribute("alpha", 1 / 6.0), attribute("beta", 0.5));
  }

  private static void add(
      String operator, String name, OnnxGraph graph, AttributeProto... attributes) {
    graph.add(operator, name, List.of(), List.of(attributes));
  }

  private static void clip(String name, double max, OnnxGraph graph) {
    graph.add("Clip", name, graph.constant(name + ".min", 0.0), graph.constant(name + ".max", max));
  }

  static void add(IActivation function, String name, KerasModel model) throws ModelException {
    if (NAMES.containsKey(function.getClass())) {
      model.activation(name, NAMES.get(function.getClass()).get(0));
    } else if (function instanceof ActivationSoftmax) {
      model.activation(name, "softmax");
    } else if (function instanceof ActivationSwish) {
      model.activation(name, "swish");
    } else if (function instanceof ActivationReLU relu && isPlain(relu)) {
      if (relu.getMax() == null) {
        model.activation(name, "relu");
      } else {
        model.layer("ReLU", name, Map.of(), "max_value", relu.getMax());
      }
    } else if (function instanceof ActivationReLU6) {
      model.layer("ReLU", name, Map.of(), "max_value", 6.0);
    } else if (function instanceof ActivationLReLU leaky) {
      model.layer("LeakyReLU", name, Map.of(), "alpha", leaky.getAlpha());
    } else if (function instanceof ActivationELU elu && elu.getAlpha() == 1) {
      model.activation(name, "elu");
    } else if (function instanceof ActivationELU elu) {
      model.layer("ELU", name, Map.of(), "alpha", elu.getAlpha());
    } else if (function instanceof KerasActivation keras) {
      add(keras, name, model);
    } else {
      throw unknown(function, "Keras");
    }
  }

  private static void add(KerasActivation function, String name, KerasModel model)
      throws ModelException {
    switch (function.formula()) {
      case GELU, EXPONENTIAL, MISH -> model.activation(name, function.toString());
      case RELU -> {
        Double max = function.max() == Double.POSITIVE_INFINITY ? null : function.max();
        Map<String, Object> config = model.layer("ReLU", name, Map.of(), "max_value", max);
        config.put("negative_slope", function.slope());
        config.put("threshold", function.threshold());
      }
      // The file is one of Keras 2, in which the first is another function and the second missing.
      case HARD_SIGMOID, HARD_SILU -> throw unknown(function, "Keras 2");
    }
  }

  static void add(IActivation function, TorchModel model) throws ModelException {
    if (NAMES.containsKey(function.getClass())) {
      model.module(NAMES.get(function.getClass()).get(2), Map.of());
    } else if (function instanceof ActivationSoftmax) {
      model.module("Softmax", Map.of(), "dim", 1);
    } else if (function instanceof ActivationSwish) {
      model.module("SiLU", Map.of());
    } else if (function instanceof ActivationReLU relu && isPlain(relu)) {
      if (relu.getMax() == null) {
        model.module("ReLU", Map.of());
      } else {
        model.module("Hardtanh", Map.of(), "min_val", 0.0, "max_val", relu.getMax());
      }
    } else if (function instanceof ActivationReLU6) {
      model.module("ReLU6", Map.of());
    } else if (function instanceof ActivationLReLU leaky) {
      model.module("LeakyReLU", Map.of(), "negative_slope", leaky.getAlpha());
    } else if (function instanceof ActivationELU elu) {
      model.module("ELU", Map.of(), "alpha", elu.getAlpha());
    } else if (function instanceof KerasActivation keras && TORCH.containsKey(keras.formula())) {
      model.module(TORCH.get(keras.formula()), Map.of());
    } else {
      throw unknown(function, "PyTorch");
    }
  }

  /** Whether it is max(0, x), with at most an upper bound besides. */
  private static boolean isPlain(ActivationReLU relu) {
    return isZero(relu.getThreshold()) && isZero(relu.getNegativeSlope());
  }

  private static boolean isZero(Double value) {
    return value == null || value == 0;
  }

  static ModelException unknown(IActivation function, String format) {
    return new ModelException(
        "the model cannot be exported so: %s has no activation that equals %s"
            .formatted(format, function));
  }
}
