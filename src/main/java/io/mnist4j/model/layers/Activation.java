package io.mnist4j.model.layers;

import java.util.Locale;
import org.nd4j.linalg.activations.IActivation;

/** What a layer does with each of its sums; all but {@link #SOFTMAX} element by element. */
public enum Activation {
  /** 1 / (1 + e<sup>-x</sup>). */
  SIGMOID,
  /** max(0, x). */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** x where it is above 0, else 0.01 x (Maas et al., 2013; ND4J's default slope too). */
  LEAKY_RELU,
  /** x where it is above 0, else e<sup>x</sup> - 1 (Clevert et al., 2016, with α = 1). */
  ELU,
  /**
   * x · sigmoid(1.702 x): the quicker of the two approximations to x · Φ(x) that Hendrycks and
   * Gimpel (2016) give. It is at most 0.021 off; what ND4J calls the precise one is wrong by 0.01
   * and its gradient is not its derivative.
   */
  GELU,
  /** x · sigmoid(x) (Ramachandran et al., 2017), also known as SiLU. */
  SWISH,
  /** x. */
  IDENTITY,
  /** e<sup>x</sup>, divided by the sum of these over the units of the layer. */
  SOFTMAX;

  /** ND4J's function of the same name, which it writes without the underscore. */
  IActivation nd4j() {
    return org.nd4j.linalg.activations.Activation.valueOf(name().replace("_", ""))
        .getActivationFunction();
  }

  /** What an experiment file calls it, such as {@code leaky-relu}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is a function of ND4J, its constants included. */
  public boolean isDl4j(IActivation function) {
    return nd4j().equals(function);
  }
}
