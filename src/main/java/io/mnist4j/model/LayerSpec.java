package io.mnist4j.model;

import io.mnist4j.data.Key;
import java.util.Objects;

/** A hidden layer of a network. */
public sealed interface LayerSpec {

  /**
   * A fully connected layer: activation(x · W + b), with W drawn from the Glorot uniform
   * distribution and b zero.
   *
   * @param units outputs of the layer, at least 1
   */
  @Key("A fully connected layer")
  record Dense(
      @Key(value = "outputs of the layer", min = 1) int units,
      @Key("what its outputs go through") Activation activation)
      implements LayerSpec {
    /** What a configuration file need not say. */
    public static final Dense DEFAULT = new Dense(128, Activation.RELU);

    /**
     * @throws IllegalArgumentException if a value is out of range; the message begins with its key
     */
    public Dense {
      Objects.requireNonNull(activation, "activation");
      if (units < 1) {
        throw new IllegalArgumentException("units must be at least 1, not " + units);
      }
    }
  }
}
