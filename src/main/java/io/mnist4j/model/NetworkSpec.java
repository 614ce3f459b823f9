package io.mnist4j.model;

import io.mnist4j.data.Key;
import java.util.List;

/**
 * A network between its input and its output: the hidden layers. The output layer, softmax with
 * cross-entropy over the classes of the data set, is always there and not listed.
 */
public record NetworkSpec(
    @Key("the hidden layers, from the input on; a softmax over the classes follows them")
        List<LayerSpec> layers) {
  /** Dense(128, ReLU). */
  public static final NetworkSpec DEFAULT = new NetworkSpec(List.of(LayerSpec.Dense.DEFAULT));

  public NetworkSpec {
    layers = List.copyOf(layers);
  }

  /** Weights and biases of the whole network. */
  public long parameters(int inputs, int classes) {
    long parameters = 0;
    long width = inputs;
    for (LayerSpec layer : layers) {
      LayerSpec.Dense dense = (LayerSpec.Dense) layer;
      parameters += (width + 1) * dense.units();
      width = dense.units();
    }
    return parameters + (width + 1) * classes;
  }
}
