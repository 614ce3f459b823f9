package io.mnist4j.model.foreign;

import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * An activation of Keras that ND4J lacks or computes otherwise; it works element by element.
 *
 * @param max of a {@link Formula#RELU}: infinite for none
 * @param slope of a {@link Formula#RELU}, below the threshold
 * @param threshold of a {@link Formula#RELU}
 */
public record KerasActivation(Formula formula, double max, double slope, double threshold)
    implements IActivation {

  /** Keras' names of those that ND4J computes as Keras does. */
  private static final Map<String, IActivation> OF_ND4J =
      Map.ofEntries(
          Map.entry("linear", new ActivationIdentity()),
          Map.entry("relu", new ActivationReLU()),
          Map.entry("relu6", new ActivationReLU6()),
          // As a layer of that name has 0.3, and the function 0.2.
          Map.entry("leaky_relu", new ActivationLReLU(0.2)),
          Map.entry("elu", new ActivationELU()),
          Map.entry("selu", new ActivationSELU()),
          Map.entry("tanh", new ActivationTanH()),
          Map.entry("sigmoid", new ActivationSigmoid()),
          Map.entry("softmax", new ActivationSoftmax()),
          Map.entry("softmax_v2", new ActivationSoftmax()),
          Map.entry("softplus", new ActivationSoftPlus()),
          Map.entry("softsign", new ActivationSoftSign()),
          Map.entry("swish", new ActivationSwish()),
          Map.entry("silu", new ActivationSwish()),
          // What networks of others have besides: x · sigmoid(1.702 x), and x / 5 + 1/2.
          Map.entry("quick_gelu", new ActivationGELU(false)),
          Map.entry("hard_sigmoid_5", new ActivationHardSigmoid()));

  /** Its formula. */
  public enum Formula {
    /** x · Φ(x), Φ being the normal distribution (Hendrycks and Gimpel, 2016). */
    GELU,
    /** Of Keras 3: x / 6 + 1/2, cut off at 0 and 1. */
    HARD_SIGMOID,
    /** x times that. */
    HARD_SILU,
    /** e<sup>x</sup>. */
    EXPONENTIAL,
    /** x tanh(ln(1 + e<sup>x</sup>)) (Misra, 2019). */
    MISH,
    /** x above the threshold, at most the maximum; below it the slope · (x - threshold). */
    RELU
  }

  /**
   * The function that a layer's setting, or a layer that is nothing but an activation, means.
   *
   * @param node a name, or a document that has it as its class or its configuration
   * @param version of Keras
   * @throws UnreadableModelException if mnist4j does not know it; the message names the layer
   */
  static IActivation of(KerasLayer layer, JsonNode node, String version)
      throws UnreadableModelException {
    if (node.isMissingNode()) {
      return OF_ND4J.get("linear");
    }
    if (!node.isObject()) {
      return named(layer, node.asText(), version);
    }
    if (node.path("config").isTextual()) {
      return named(layer, node.path("config").asText(), version);
    }
    KerasLayer inner = new KerasLayer(node, layer.places());
    IActivation function = ofLayer(inner, version);
    if (function == null) {
      return named(layer, inner.kind().toLowerCase(Locale.ROOT), version);
    }
    inner.requireAllRead();
    return function;
  }

  private static IActivation named(KerasLayer layer, String name, String version)
      throws UnreadableModelException {
    // Keras 2 has x / 5 + 1/2.
    if (name.equals("hard_sigmoid") && !version.startsWith("3")) {
      return new ActivationHardSigmoid();
    }
    IActivation function = OF_ND4J.get(name);
    if (function == null) {
      String formula = name.equals("hard_swish") ? "hard_silu" : name;
      for (Formula other : Formula.values()) {
        if (other != Formula.RELU && other.name().toLowerCase(Locale.ROOT).equals(formula)) {
          return new KerasActivation(other, 0, 0, 0);
        }
      }
      throw layer.refused(
          "has the activation %s; mnist4j reads %s, exponential, gelu, hard_sigmoid, hard_silu and mish"
              .formatted(name, String.join(", ", OF_ND4J.keySet().stream().sorted().toList())));
    }
    return function;
  }

  /** The function of a layer that is nothing else; null if it is another kind of layer. */
  static IActivation ofLayer(KerasLayer layer, String version) throws UnreadableModelException {
    return switch (layer.kind()) {
      case "Activation" -> of(layer, layer.setting("activation"), version);
      case "ReLU" -> {
        JsonNode max = layer.setting("max_value");
        yield relu(
            max.asDouble(Double.POSITIVE_INFINITY),
            layer.number("negative_slope", "alpha", 0),
            layer.setting("threshold").asDouble(0));
      }
      case "ThresholdedReLU" ->
          relu(Double.POSITIVE_INFINITY, 0, layer.setting("theta").asDouble(1));
      case "LeakyReLU" -> new ActivationLReLU(layer.number("negative_slope", "alpha", 0.3));
      case "ELU" -> new ActivationELU(layer.setting("alpha").asDouble(1));
      case "Softmax" -> {
        layer.require(
            layer.setting("axis").asInt(-1) == -1, "is over axis " + layer.setting("axis"));
        yield new ActivationSoftmax();
      }
      default -> null;
    };
  }

  private static IActivation relu(double max, double slope, double threshold) {
    if (threshold == 0 && slope == 0) {
      return max == Double.POSITIVE_INFINITY
          ? new ActivationReLU()
          : new ActivationReLU(max, 0.0, 0.0);
    }
    return threshold == 0 && max == Double.POSITIVE_INFINITY
        ? new ActivationLReLU(slope)
        : new KerasActivation(Formula.RELU, max, slope, threshold);
  }

  /** The function's value. */
  double value(double x) {
    return switch (formula) {
      case GELU -> x * normal(x);
      case HARD_SIGMOID -> Math.max(0, Math.min(1, x / 6 + 0.5));
      case HARD_SILU -> x * Math.max(0, Math.min(1, x / 6 + 0.5));
      case EXPONENTIAL -> Math.exp(x);
      case MISH -> x * Math.tanh(Math.log1p(Math.exp(x)));
      case RELU -> x > threshold ? Math.min(x, max) : slope * (x - threshold);
    };
  }

  /** The function's derivative. */
  double derivative(double x) {
    boolean straight = Math.abs(x) < 3;
    return switch (formula) {
      case GELU -> normal(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case HARD_SIGMOID -> straight ? 1 / 6.0 : 0;
      case HARD_SILU -> straight ? x / 3 + 0.5 : x > 0 ? 1 : 0;
      case EXPONENTIAL -> Math.exp(x);
      case MISH -> {
        double tanh = Math.tanh(Math.log1p(Math.exp(x)));
        yield tanh + x * (1 - tanh * tanh) / (1 + Math.exp(-x));
      }
      case RELU -> x <= threshold ? slope : x < max ? 1 : 0;
    };
  }

  /** Φ, to 1e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26. */
  private static double normal(double x) {
    double z = Math.abs(x) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * z);
    double series =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    double tail = series * Math.exp(-z * z) / 2;
    return x < 0 ? tail : 1 - tail;
  }

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    return in.assign(of(in, this::value));
  }

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    return new Pair<>(of(in, this::derivative).muli(epsilon), null);
  }

  private static INDArray of(INDArray in, DoubleUnaryOperator function) {
    float[] values = in.dup('c').data().asFloat();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) function.applyAsDouble(values[i]);
    }
    return Nd4j.create(values, in.shape(), 'c');
  }

  @Override
  public int numParams(int inputSize) {
    return 0;
  }

  /** Keras' name for it. */
  @Override
  public String toString() {
    return formula.name().toLowerCase(Locale.ROOT);
  }
}
