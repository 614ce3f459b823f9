package io.mnist4j.model;

/** The activation function of a hidden layer. */
public enum Activation {
  /** max(0, x). */
  RELU(org.nd4j.linalg.activations.Activation.RELU),
  /** 1 / (1 + e<sup>-x</sup>). */
  SIGMOID(org.nd4j.linalg.activations.Activation.SIGMOID),
  /** The hyperbolic tangent. */
  TANH(org.nd4j.linalg.activations.Activation.TANH);

  private final org.nd4j.linalg.activations.Activation nd4j;

  Activation(org.nd4j.linalg.activations.Activation nd4j) {
    this.nd4j = nd4j;
  }

  org.nd4j.linalg.activations.Activation nd4j() {
    return nd4j;
  }
}
