package io.mnist4j.model.export;

import io.mnist4j.errors.ModelException;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** ND4J's activation functions in other words. */
final class Activations {
  private Activations() {}

  /** Whether it is max(0, x), with at most an upper bound besides. */
  static boolean isPlain(ActivationReLU relu) {
    return isZero(relu.getThreshold()) && isZero(relu.getNegativeSlope());
  }

  private static boolean isZero(Double value) {
    return value == null || value == 0;
  }

  /** Keras' name for it, where a name says all. */
  static Optional<String> kerasName(IActivation function) {
    if (function instanceof ActivationReLU relu) {
      return isPlain(relu) && relu.getMax() == null ? Optional.of("relu") : Optional.empty();
    }
    if (function instanceof ActivationELU elu) {
      return elu.getAlpha() == 1 ? Optional.of("elu") : Optional.empty();
    }
    if (function instanceof ActivationSoftmax) {
      return Optional.of("softmax");
    }
    if (function instanceof ActivationSELU) {
      return Optional.of("selu");
    }
    if (function instanceof ActivationSigmoid) {
      return Optional.of("sigmoid");
    }
    if (function instanceof ActivationTanH) {
      return Optional.of("tanh");
    }
    if (function instanceof ActivationSoftPlus) {
      return Optional.of("softplus");
    }
    if (function instanceof ActivationSoftSign) {
      return Optional.of("softsign");
    }
    return function instanceof ActivationSwish ? Optional.of("swish") : Optional.empty();
  }

  static ModelException unknown(IActivation function, String format) {
    return new ModelException(
        "the model cannot be exported so: %s has no activation that equals ND4J's %s; --format dl4j takes every network"
            .formatted(format, function));
  }
}
