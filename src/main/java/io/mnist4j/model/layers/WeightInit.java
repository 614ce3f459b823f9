package io.mnist4j.model.layers;

/**
 * How the weights of a layer are drawn; biases begin at 0. A weight's fan-in is the number of
 * inputs of its unit (kernel² · channels in a convolution), its fan-out the number of units that an
 * input goes to (kernel² · filters / stride², where Keras does not divide by the stride). Normal
 * distributions are not truncated, unlike Keras'.
 */
public enum WeightInit {
  /** Uniform in ± √(6 / (fan-in + fan-out)) (Glorot and Bengio, 2010, equation 16). */
  GLOROT_UNIFORM(org.deeplearning4j.nn.weights.WeightInit.XAVIER_UNIFORM),
  /** Normal, variance 2 / (fan-in + fan-out) (Glorot and Bengio, 2010, equation 12). */
  GLOROT_NORMAL(org.deeplearning4j.nn.weights.WeightInit.XAVIER),
  /** Uniform in ± √(6 / fan-in): the variance of {@link #HE_NORMAL}. */
  HE_UNIFORM(org.deeplearning4j.nn.weights.WeightInit.RELU_UNIFORM),
  /** Normal, variance 2 / fan-in (He et al., 2015, equation 10). */
  HE_NORMAL(org.deeplearning4j.nn.weights.WeightInit.RELU),
  /** Normal, variance 1 / fan-in (LeCun et al., 1998, equation 16). */
  LECUN_NORMAL(org.deeplearning4j.nn.weights.WeightInit.LECUN_NORMAL),
  // LECUN_UNIFORM is left out: DL4J draws from ± 3 / √fan-in, three times the variance it should
  // have.
  /** All 0: every unit of a hidden layer then stays the same as the others. */
  ZEROS(org.deeplearning4j.nn.weights.WeightInit.ZERO),
  /** All 1. */
  ONES(org.deeplearning4j.nn.weights.WeightInit.ONES);

  private final org.deeplearning4j.nn.weights.WeightInit dl4j;

  WeightInit(org.deeplearning4j.nn.weights.WeightInit dl4j) {
    this.dl4j = dl4j;
  }

  org.deeplearning4j.nn.weights.WeightInit dl4j() {
    return dl4j;
  }
}
